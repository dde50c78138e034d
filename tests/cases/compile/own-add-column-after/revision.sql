-- own add column after
--
-- Revision ID: ca5e00000363
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE placed (id INTEGER PRIMARY KEY, last INTEGER);
ALTER TABLE placed ADD COLUMN extra INTEGER AFTER id;

-- migrate: downgrade

DROP TABLE placed;
