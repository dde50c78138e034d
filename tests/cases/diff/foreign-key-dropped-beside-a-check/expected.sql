-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;

-- migrate: downgrade

ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
