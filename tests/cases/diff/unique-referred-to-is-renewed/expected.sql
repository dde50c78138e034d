-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_fkey;
CREATE UNIQUE INDEX author_code ON author (code);
ALTER TABLE author DROP CONSTRAINT author_code_key;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (code);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_fkey;
ALTER TABLE author ADD UNIQUE (code);
DROP INDEX author_code ON author;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (code);
