-- column replaced
--
-- Revision ID: ca5e00000226
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN weight DOUBLE PRECISION;
UPDATE file SET weight = size * 1.5;
ALTER TABLE file DROP COLUMN note;
ALTER TABLE file RENAME COLUMN weight TO note;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN note;
ALTER TABLE file ADD COLUMN note VARCHAR(200);
