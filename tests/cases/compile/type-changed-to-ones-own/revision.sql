-- type changed to ones own
--
-- Revision ID: ca5e00000375
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ALTER COLUMN note TYPE name;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN note TYPE VARCHAR(200);
