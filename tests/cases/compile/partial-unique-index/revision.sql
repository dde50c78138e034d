-- partial unique index
--
-- Revision ID: ca5e00000030
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE UNIQUE INDEX {prefix}book_one ON {prefix}book (title) WHERE pages > 100;

-- migrate: downgrade

DROP INDEX {prefix}book_one;
