-- timestamp to date
--
-- Revision ID: ca5e00000203
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE visit (id INTEGER PRIMARY KEY, at TIMESTAMP, day DATE);
INSERT INTO visit VALUES (1, '2020-01-02 03:04:05', '2020-01-02'), (2, NULL, NULL);
ALTER TABLE visit ALTER COLUMN at TYPE DATE;
ALTER TABLE visit ALTER COLUMN day TYPE TIMESTAMP;

-- migrate: downgrade

DROP TABLE visit;
