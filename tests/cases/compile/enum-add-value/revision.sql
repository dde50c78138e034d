-- enum add value
--
-- Revision ID: ca5e00000332
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE feeling (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad' NOT NULL, earlier mood);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TYPE mood ADD VALUE 'angry';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'angry';
ALTER TYPE mood ADD VALUE 'glad' BEFORE 'happy';
ALTER TYPE mood ADD VALUE 'bored' AFTER 'sad';

-- migrate: downgrade

DROP TABLE feeling;
DROP TYPE mood;
