-- type tsvector
--
-- Revision ID: ca5e00000367
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE found (id INTEGER PRIMARY KEY, words tsvector);

-- migrate: downgrade

DROP TABLE found;
