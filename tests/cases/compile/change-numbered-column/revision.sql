-- change numbered column
--
-- Revision ID: ca5e00000108
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ALTER COLUMN id TYPE BIGINT;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN id TYPE INTEGER;
