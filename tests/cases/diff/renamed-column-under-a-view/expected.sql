-- migrate: upgrade

DROP VIEW names;
ALTER TABLE author RENAME COLUMN name TO full_name;

CREATE VIEW names AS
SELECT full_name AS name FROM author;

-- migrate: downgrade

DROP VIEW names;
ALTER TABLE author RENAME COLUMN full_name TO name;

CREATE VIEW names AS
SELECT name FROM author;
