-- rename constraint
--
-- Revision ID: ca5e00000026
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book RENAME CONSTRAINT {prefix}book_pages_check TO {prefix}book_has_pages;
ALTER TABLE {prefix}author RENAME CONSTRAINT {prefix}author_email_key TO {prefix}author_mail;

-- migrate: downgrade

ALTER TABLE {prefix}author RENAME CONSTRAINT {prefix}author_mail TO {prefix}author_email_key;
ALTER TABLE {prefix}book RENAME CONSTRAINT {prefix}book_has_pages TO {prefix}book_pages_check;
