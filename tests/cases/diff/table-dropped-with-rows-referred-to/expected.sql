-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
DROP TABLE author;

-- migrate: downgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY
);

ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
