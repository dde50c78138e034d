-- view or replace keeps triggers
--
-- Revision ID: ca5e00000303
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW names AS SELECT id, name FROM person;
-- migrate: only sqlite
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names
BEGIN
    INSERT INTO person (id, name) VALUES (NEW.id, NEW.name);
END;
CREATE OR REPLACE VIEW names AS SELECT id, name, 1 AS one FROM person;
INSERT INTO names (id, name) VALUES (77, 'through the view');
DELETE FROM person WHERE id = 77;

-- migrate: downgrade

DROP VIEW names;
