-- migrate: upgrade

CREATE INDEX book_author_year ON book (author_id, year);
DROP INDEX book_author ON book;

-- migrate: downgrade

CREATE INDEX book_author ON book (author_id);
DROP INDEX book_author_year ON book;
