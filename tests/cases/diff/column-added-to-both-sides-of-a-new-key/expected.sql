-- migrate: upgrade

ALTER TABLE author ADD COLUMN code TEXT UNIQUE;
ALTER TABLE book ADD COLUMN author_code TEXT;
ALTER TABLE book ADD FOREIGN KEY (author_code) REFERENCES author (code);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_code_fkey;
ALTER TABLE book DROP COLUMN author_code;
ALTER TABLE author DROP COLUMN code;
