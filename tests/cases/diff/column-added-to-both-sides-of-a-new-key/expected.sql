-- migrate: upgrade

ALTER TABLE author ADD COLUMN code VARCHAR(20) UNIQUE;
ALTER TABLE book ADD COLUMN author_code VARCHAR(20);
ALTER TABLE book ADD FOREIGN KEY (author_code) REFERENCES author (code);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_code_fkey;
ALTER TABLE book DROP COLUMN author_code;
ALTER TABLE author DROP COLUMN code;
