-- migrate: upgrade

ALTER TABLE author ADD PRIMARY KEY (code);
ALTER TABLE book ADD COLUMN author INTEGER;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (code);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_fkey;
ALTER TABLE book DROP COLUMN author;
ALTER TABLE author DROP PRIMARY KEY;
