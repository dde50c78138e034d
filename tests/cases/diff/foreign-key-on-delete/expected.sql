-- migrate: upgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;

ALTER TABLE book
    ADD FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE ON UPDATE SET NULL;

-- migrate: downgrade

ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;
ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id);
