-- view or replace
--
-- Revision ID: ca5e00000302
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW names AS SELECT name FROM person;
CREATE OR REPLACE VIEW names AS SELECT name, id FROM person;
CREATE OR REPLACE VIEW sizes AS SELECT size FROM file;

-- migrate: downgrade

DROP VIEW names;
DROP VIEW sizes;
