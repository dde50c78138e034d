-- drop expression
--
-- Revision ID: ca5e00000325
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE area (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER GENERATED ALWAYS AS (a * a) STORED);
INSERT INTO area (id, a) VALUES (1, 2), (2, 3);
ALTER TABLE area ALTER COLUMN b DROP EXPRESSION;
INSERT INTO area (id, a, b) VALUES (3, 4, 4);

-- migrate: downgrade

DROP TABLE area;
