-- add column with clock
--
-- Revision ID: ca5e00000104
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN made_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN made_at;
