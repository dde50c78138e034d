-- rename column of everything
--
-- Revision ID: ca5e0000020e
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file RENAME COLUMN size TO bytes;
ALTER TABLE file ALTER COLUMN bytes TYPE BIGINT;
ALTER TABLE file ALTER COLUMN bytes SET DEFAULT 1;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN bytes DROP DEFAULT;
ALTER TABLE file ALTER COLUMN bytes TYPE INTEGER;
ALTER TABLE file RENAME COLUMN bytes TO size;
