-- expression index
--
-- Revision ID: ca5e00000031
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only sqlite, postgresql
CREATE INDEX {prefix}author_lower ON {prefix}author (lower(name));

-- migrate: downgrade

-- migrate: only sqlite, postgresql
DROP INDEX {prefix}author_lower;
