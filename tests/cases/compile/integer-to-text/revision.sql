-- integer to text
--
-- Revision ID: ca5e00000202
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE reading (id INTEGER PRIMARY KEY, value INTEGER, level SMALLINT NOT NULL);
INSERT INTO reading VALUES (1, 10, 1), (2, NULL, 2);
ALTER TABLE reading ALTER COLUMN value TYPE VARCHAR(20);
ALTER TABLE reading ALTER COLUMN level TYPE TEXT;

-- migrate: downgrade

DROP TABLE reading;
