-- type mediumtext
--
-- Revision ID: ca5e00000371
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE page (id INTEGER PRIMARY KEY, body MEDIUMTEXT, small TINYTEXT);

-- migrate: downgrade

DROP TABLE page;
