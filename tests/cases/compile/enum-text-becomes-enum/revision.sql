-- enum text becomes enum
--
-- Revision ID: ca5e00000337
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TABLE file ADD COLUMN state VARCHAR(20);
UPDATE file SET state = 'sad';
ALTER TABLE file ALTER COLUMN state TYPE mood USING state::mood;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN state;
DROP TYPE mood;
