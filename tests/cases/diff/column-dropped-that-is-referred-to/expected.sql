-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_code_fkey;
ALTER TABLE author DROP COLUMN code;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN code VARCHAR(20) UNIQUE;
ALTER TABLE book ADD FOREIGN KEY (author_code) REFERENCES author (code);
