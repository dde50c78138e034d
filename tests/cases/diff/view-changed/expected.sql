-- migrate: upgrade

DROP VIEW short_names;
DROP VIEW names;

CREATE VIEW names AS
SELECT id, name FROM author;

CREATE VIEW short_names AS
SELECT name FROM names WHERE length(name) < 5;

-- migrate: downgrade

DROP VIEW short_names;
DROP VIEW names;

CREATE VIEW names AS
SELECT name FROM author;

CREATE VIEW short_names AS
SELECT name FROM names WHERE length(name) < 5;
