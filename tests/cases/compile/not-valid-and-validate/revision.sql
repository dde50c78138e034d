-- not valid and validate
--
-- Revision ID: ca5e00000027
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_dear CHECK (price > 1) NOT VALID;
ALTER TABLE {prefix}book VALIDATE CONSTRAINT {prefix}book_dear;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_dear;
