-- migrate: upgrade

CREATE UNIQUE INDEX author_code ON author (code);
ALTER TABLE book DROP CONSTRAINT book_author_fkey;
ALTER TABLE author DROP CONSTRAINT author_code_key;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (code);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_fkey;
ALTER TABLE author ADD UNIQUE (code);
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (code);
DROP INDEX author_code ON author;
