-- add foreign key
--
-- Revision ID: ca5e00000024
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN sequel_of INTEGER;
ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_sequel FOREIGN KEY (sequel_of) REFERENCES {prefix}book (id) ON DELETE SET NULL ON UPDATE CASCADE;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_sequel;
ALTER TABLE {prefix}book DROP COLUMN sequel_of;
