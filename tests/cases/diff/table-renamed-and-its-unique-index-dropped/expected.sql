-- migrate: upgrade

ALTER TABLE writer RENAME TO author;
ALTER TABLE author RENAME COLUMN first TO given;
DROP INDEX writer_names ON author;

-- migrate: downgrade

CREATE UNIQUE INDEX writer_names ON author (name, given);
ALTER TABLE author RENAME COLUMN given TO first;
ALTER TABLE author RENAME TO writer;
