-- migrate: upgrade

ALTER TABLE author ALTER COLUMN id TYPE BIGINT;
ALTER TABLE book ADD COLUMN author BIGINT;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_fkey;
ALTER TABLE book DROP COLUMN author;
ALTER TABLE author ALTER COLUMN id TYPE INTEGER;
