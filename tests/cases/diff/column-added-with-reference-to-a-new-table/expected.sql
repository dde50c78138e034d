-- migrate: upgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY
);

ALTER TABLE book ADD COLUMN author_id INTEGER;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE book DROP COLUMN author_id;
DROP TABLE author;
