-- type range
--
-- Revision ID: ca5e00000368
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN during tstzrange;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN during;
