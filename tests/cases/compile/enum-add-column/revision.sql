-- enum add column
--
-- Revision ID: ca5e00000331
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TABLE file ADD COLUMN mood mood;
ALTER TABLE person ADD COLUMN mood mood DEFAULT 'happy' NOT NULL;
UPDATE file SET mood = 'sad' WHERE id = 1;

-- migrate: downgrade

ALTER TABLE person DROP COLUMN mood;
ALTER TABLE file DROP COLUMN mood;
DROP TYPE mood;
