-- migrate: upgrade

CREATE INDEX editors ON book (editor_id);
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
ALTER TABLE book DROP CONSTRAINT edited;

-- migrate: downgrade

ALTER TABLE book ADD CONSTRAINT edited FOREIGN KEY (editor_id) REFERENCES author (id);
ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
DROP INDEX book_author_id_fkey ON book;
DROP INDEX editors ON book;
