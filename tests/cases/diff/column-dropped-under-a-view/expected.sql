-- migrate: upgrade

DROP VIEW names;
ALTER TABLE author DROP COLUMN age;

CREATE VIEW names AS
SELECT name FROM author;

-- migrate: downgrade

DROP VIEW names;
ALTER TABLE author ADD COLUMN age INTEGER;

CREATE VIEW names AS
SELECT name, age FROM author;
