-- upgrade
CREATE VIEW "long_notes" ("file_id", "text_of_note") AS SELECT id, note FROM file WHERE size > 15;
INSERT INTO person (id, name) SELECT file_id + 100, 'from the view' FROM long_notes;
DELETE FROM person WHERE id > 100;
-- downgrade
DROP VIEW "long_notes";
