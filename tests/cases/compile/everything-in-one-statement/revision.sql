-- everything in one statement
--
-- Revision ID: ca5e00000225
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file
    ADD COLUMN checksum VARCHAR(64),
    ADD COLUMN rank INTEGER DEFAULT 0 NOT NULL,
    ALTER COLUMN note SET DEFAULT 'none',
    ALTER COLUMN size TYPE BIGINT,
    DROP CONSTRAINT size_is_positive,
    ADD CONSTRAINT size_is_small CHECK (size < 1000000),
    ADD CONSTRAINT checksum_once UNIQUE (checksum);

-- migrate: downgrade

ALTER TABLE file
    DROP CONSTRAINT checksum_once,
    DROP CONSTRAINT size_is_small,
    ADD CONSTRAINT size_is_positive CHECK (size > 0),
    ALTER COLUMN size TYPE INTEGER,
    ALTER COLUMN note DROP DEFAULT,
    DROP COLUMN rank,
    DROP COLUMN checksum;
