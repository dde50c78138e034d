-- times with precision
--
-- Revision ID: ca5e00000224
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE moment (id INTEGER PRIMARY KEY, a TIME(3), b TIMESTAMP(3), c TIMESTAMP WITH TIME ZONE, d TIME WITHOUT TIME ZONE);
INSERT INTO moment VALUES (1, '10:11:12.500', '2020-01-02 10:11:12.500', '2020-01-02 10:11:12', '10:11:12');
ALTER TABLE moment ALTER COLUMN b TYPE TIMESTAMP(6);
ALTER TABLE moment ALTER COLUMN b SET NOT NULL;

-- migrate: downgrade

DROP TABLE moment;
