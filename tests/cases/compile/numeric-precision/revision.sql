-- numeric precision
--
-- Revision ID: ca5e00000204
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE price (id INTEGER PRIMARY KEY, amount NUMERIC(6, 2) NOT NULL);
INSERT INTO price VALUES (1, 12.50);
ALTER TABLE price ALTER COLUMN amount TYPE NUMERIC(12, 4);

-- migrate: downgrade

DROP TABLE price;
