-- rename index
--
-- Revision ID: ca5e00000033
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER INDEX {prefix}book_title RENAME TO {prefix}book_heading;

-- migrate: downgrade

ALTER INDEX {prefix}book_heading RENAME TO {prefix}book_title;
