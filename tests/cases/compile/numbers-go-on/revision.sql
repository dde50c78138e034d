-- numbers go on
--
-- Revision ID: ca5e00000227
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE ticket (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(10));
INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c');
DELETE FROM ticket WHERE name = 'c';
ALTER TABLE ticket ALTER COLUMN name SET DEFAULT 'z';
INSERT INTO ticket (name) VALUES ('d');

-- migrate: downgrade

DROP TABLE ticket;
