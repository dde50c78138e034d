-- partial index
--
-- Revision ID: ca5e00000029
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX {prefix}book_long ON {prefix}book (title) WHERE pages > 100;

-- migrate: downgrade

DROP INDEX {prefix}book_long;
