-- temporary table
--
-- Revision ID: ca5e0000021e
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TEMPORARY TABLE passing (id INTEGER PRIMARY KEY, name VARCHAR(50));
INSERT INTO passing SELECT id, name FROM person;
UPDATE person SET name = (SELECT passing.name FROM passing WHERE passing.id = person.id);
DROP TABLE passing;

-- migrate: downgrade
