-- migrate: upgrade

ALTER TABLE author ALTER COLUMN data SET DEFAULT '[]';

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN data SET DEFAULT '{}';
