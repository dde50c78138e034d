-- add unique
--
-- Revision ID: ca5e00000022
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_once UNIQUE (author_id, title);

-- migrate: downgrade

-- migrate: only mysql
ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_author_id_fkey;
ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_once;
-- migrate: only mysql
ALTER TABLE {prefix}book ADD FOREIGN KEY (author_id) REFERENCES {prefix}author (id) ON DELETE CASCADE;
