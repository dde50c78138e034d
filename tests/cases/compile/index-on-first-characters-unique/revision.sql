-- index on first characters unique
--
-- Revision ID: ca5e00000133
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE UNIQUE INDEX ix_file_start ON file (note (10));

-- migrate: downgrade

DROP INDEX ix_file_start ON file;
