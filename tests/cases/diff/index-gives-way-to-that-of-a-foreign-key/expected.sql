-- migrate: upgrade

ALTER TABLE book ADD FOREIGN KEY (shelf) REFERENCES shelf (id);
DROP INDEX book_shelf ON book;

-- migrate: downgrade

CREATE INDEX book_shelf ON book (shelf);
ALTER TABLE book DROP CONSTRAINT book_shelf_fkey;
