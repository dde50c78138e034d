-- migrate: upgrade

ALTER TABLE author RENAME COLUMN id TO number;

-- migrate: downgrade

ALTER TABLE author RENAME COLUMN number TO id;
