-- migrate: upgrade

ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
