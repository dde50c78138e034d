-- view drop cascade
--
-- Revision ID: ca5e00000309
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW one AS SELECT id FROM person;
CREATE VIEW two AS SELECT id FROM file;
DROP VIEW one, two CASCADE;

-- migrate: downgrade


