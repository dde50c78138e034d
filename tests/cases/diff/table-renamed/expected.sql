-- migrate: upgrade

DROP VIEW names;
ALTER TABLE writer RENAME TO author;

CREATE VIEW names AS
SELECT name FROM author;

-- migrate: downgrade

DROP VIEW names;
ALTER TABLE author RENAME TO writer;

CREATE VIEW names AS
SELECT name FROM writer;
