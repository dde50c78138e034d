-- migrate: upgrade

DROP VIEW names;
ALTER TABLE author RENAME COLUMN name TO full_name;

-- migrate: downgrade

ALTER TABLE author RENAME COLUMN full_name TO name;

CREATE VIEW names AS
SELECT upper(name) AS loud FROM author WHERE name <> 'x';
