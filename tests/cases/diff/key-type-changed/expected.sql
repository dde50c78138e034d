-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE author ALTER COLUMN id TYPE BIGINT;
ALTER TABLE book ALTER COLUMN author_id TYPE BIGINT;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE book ALTER COLUMN author_id TYPE INTEGER;
ALTER TABLE author ALTER COLUMN id TYPE INTEGER;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
