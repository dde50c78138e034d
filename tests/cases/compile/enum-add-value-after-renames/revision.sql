-- enum add value after renames
--
-- Revision ID: ca5e00000333
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE feeling (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad' NOT NULL, earlier mood);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE feeling RENAME TO feelings;
ALTER TABLE feelings RENAME COLUMN now TO at_present;
ALTER TYPE mood RENAME TO "Mood";
ALTER TYPE "Mood" ADD VALUE 'angry';
INSERT INTO feelings (id, at_present) VALUES (4, 'happy');

-- migrate: downgrade

DROP TABLE feelings;
DROP TYPE "Mood";
