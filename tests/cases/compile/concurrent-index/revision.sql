-- concurrent index
--
-- Revision ID: ca5e00000032
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX CONCURRENTLY {prefix}book_price ON {prefix}book (price) INCLUDE (title);

-- migrate: downgrade

DROP INDEX CONCURRENTLY {prefix}book_price;
