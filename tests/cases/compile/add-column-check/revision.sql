-- add column check
--
-- Revision ID: ca5e00000011
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN rating INTEGER CHECK (rating BETWEEN 1 AND 5);

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_rating_check;
ALTER TABLE {prefix}book DROP COLUMN rating;
