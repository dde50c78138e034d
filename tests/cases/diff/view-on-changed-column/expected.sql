-- migrate: upgrade

DROP VIEW short_names;
DROP VIEW names;
ALTER TABLE author ALTER COLUMN name TYPE TEXT;

CREATE VIEW names AS
SELECT name FROM author;

CREATE VIEW short_names AS
SELECT name FROM names WHERE length(name) < 5;

-- migrate: downgrade

DROP VIEW short_names;
DROP VIEW names;
ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(10);

CREATE VIEW names AS
SELECT name FROM author;

CREATE VIEW short_names AS
SELECT name FROM names WHERE length(name) < 5;
