-- add column fill and forbid null
--
-- Revision ID: ca5e00000206
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN kind VARCHAR(10);
UPDATE file SET kind = CASE WHEN size > 15 THEN 'large' ELSE 'small' END;
ALTER TABLE file ALTER COLUMN kind SET NOT NULL;
ALTER TABLE file ADD CONSTRAINT kind_is_known CHECK (kind IN ('large', 'small'));

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT kind_is_known;
ALTER TABLE file DROP COLUMN kind;
