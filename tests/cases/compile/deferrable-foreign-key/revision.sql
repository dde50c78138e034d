-- deferrable foreign key
--
-- Revision ID: ca5e00000025
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_author_id_fkey;
ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_author FOREIGN KEY (author_id) REFERENCES {prefix}author (id) DEFERRABLE INITIALLY DEFERRED;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_author;
ALTER TABLE {prefix}book ADD FOREIGN KEY (author_id) REFERENCES {prefix}author (id) ON DELETE CASCADE;
