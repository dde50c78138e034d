-- json column
--
-- Revision ID: ca5e00000160
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN doc JSONB;
-- migrate: only sqlite, mysql
UPDATE file SET doc = '{}';
-- migrate: only postgresql
UPDATE file SET doc = CAST('{}' AS JSONB);
ALTER TABLE file ALTER COLUMN doc SET NOT NULL;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN doc;
