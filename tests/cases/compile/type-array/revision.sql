-- type array
--
-- Revision ID: ca5e00000370
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE tagged (id INTEGER PRIMARY KEY, tags TEXT[]);

-- migrate: downgrade

DROP TABLE tagged;
