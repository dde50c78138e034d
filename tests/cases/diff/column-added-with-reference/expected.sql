-- migrate: upgrade

ALTER TABLE book ADD COLUMN author_id INTEGER REFERENCES author (id);
CREATE INDEX book_author ON book (author_id);

-- migrate: downgrade

DROP INDEX book_author ON book;
ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE book DROP COLUMN author_id;
