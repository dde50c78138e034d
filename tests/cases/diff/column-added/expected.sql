-- migrate: upgrade

ALTER TABLE author ADD COLUMN name TEXT;
ALTER TABLE author ADD COLUMN active BOOLEAN DEFAULT TRUE NOT NULL;

-- migrate: downgrade

ALTER TABLE author DROP COLUMN active;
ALTER TABLE author DROP COLUMN name;
