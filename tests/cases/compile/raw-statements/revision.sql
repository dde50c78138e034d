-- raw statements
--
-- Revision ID: ca5e00000036
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

INSERT INTO {prefix}author (name) VALUES ('{{prefix}} stays; so does this');
UPDATE {prefix}author SET name = 'Eve' WHERE name = 'Bob';

-- migrate: downgrade

UPDATE {prefix}author SET name = 'Bob' WHERE name = 'Eve';
DELETE FROM {prefix}author WHERE name LIKE '%stays%';
