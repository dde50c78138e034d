-- type inet
--
-- Revision ID: ca5e00000369
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE host (id INTEGER PRIMARY KEY, address inet);

-- migrate: downgrade

DROP TABLE host;
