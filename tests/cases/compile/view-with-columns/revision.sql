-- view with columns
--
-- Revision ID: ca5e00000301
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW long_notes (file_id, text_of_note) AS SELECT id, note FROM file WHERE size > 15;
INSERT INTO person (id, name) SELECT file_id + 100, 'from the view' FROM long_notes;
DELETE FROM person WHERE id > 100;

-- migrate: downgrade

DROP VIEW long_notes;
