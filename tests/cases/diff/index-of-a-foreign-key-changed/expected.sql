-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT wrote;
DROP INDEX book_author ON book;
CREATE INDEX book_author ON book (author_id, year);
ALTER TABLE book ADD CONSTRAINT wrote FOREIGN KEY (author_id) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT wrote;
DROP INDEX book_author ON book;
CREATE INDEX book_author ON book (author_id);
ALTER TABLE book ADD CONSTRAINT wrote FOREIGN KEY (author_id) REFERENCES author (id);
