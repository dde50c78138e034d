-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT wrote;
DROP INDEX book_author ON book;

-- migrate: downgrade

CREATE INDEX book_author ON book (author_id);
ALTER TABLE book ADD CONSTRAINT wrote FOREIGN KEY (author_id) REFERENCES author (id);
