-- index methods postgresql
--
-- Revision ID: ca5e00000132
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX ix_file_gin ON file USING gin (to_tsvector('simple', note));

-- migrate: downgrade

DROP INDEX ix_file_gin;
