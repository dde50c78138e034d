-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE author ADD UNIQUE (id);
ALTER TABLE author DROP PRIMARY KEY;
ALTER TABLE author ADD PRIMARY KEY (code);
ALTER TABLE author DROP CONSTRAINT author_code_key;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE author ADD UNIQUE (code);
ALTER TABLE author DROP PRIMARY KEY;
ALTER TABLE author ADD PRIMARY KEY (id);
ALTER TABLE author DROP CONSTRAINT author_id_key;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
