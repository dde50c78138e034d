-- migrate: upgrade

DROP VIEW names;
ALTER TABLE writer RENAME TO author;

-- migrate: downgrade

ALTER TABLE author RENAME TO writer;

CREATE VIEW names AS
SELECT upper(name) AS loud FROM writer WHERE name <> 'x';
