-- view if not exists
--
-- Revision ID: ca5e00000304
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW IF NOT EXISTS names AS SELECT name FROM person WHERE name <> 'it''s';
CREATE VIEW IF NOT EXISTS names AS SELECT id FROM person;

-- migrate: downgrade

DROP VIEW IF EXISTS names;
DROP VIEW IF EXISTS names;
