-- type unsigned
--
-- Revision ID: ca5e00000372
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE counted (id INTEGER PRIMARY KEY, n INTEGER UNSIGNED);

-- migrate: downgrade

DROP TABLE counted;
