-- add check
--
-- Revision ID: ca5e00000023
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_cheap CHECK (price < 1000), ADD CHECK (length(title) > 0);

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_title_check, DROP CONSTRAINT {prefix}book_cheap;
