-- index methods mysql
--
-- Revision ID: ca5e00000131
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE FULLTEXT INDEX ix_file_words ON file (note);

-- migrate: downgrade

DROP INDEX ix_file_words;
