-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
DROP INDEX book_author ON book;
ALTER TABLE book DROP COLUMN author_id;

-- migrate: downgrade

ALTER TABLE book ADD COLUMN author_id INTEGER;
CREATE INDEX book_author ON book (author_id);
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
