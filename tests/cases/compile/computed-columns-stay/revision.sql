-- computed columns stay
--
-- Revision ID: ca5e0000021d
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE box (
    id INTEGER PRIMARY KEY,
    width INTEGER NOT NULL,
    height INTEGER,
    area INTEGER GENERATED ALWAYS AS (width * height) STORED
);
INSERT INTO box (id, width, height) VALUES (1, 2, 3);
ALTER TABLE box ALTER COLUMN height SET NOT NULL;
ALTER TABLE box ADD COLUMN label VARCHAR(10) DEFAULT 'x' NOT NULL;
ALTER TABLE box ALTER COLUMN label SET DEFAULT 'y';

-- migrate: downgrade

DROP TABLE box;
