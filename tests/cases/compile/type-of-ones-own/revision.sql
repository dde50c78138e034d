-- type of ones own
--
-- Revision ID: ca5e00000374
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE odd (id INTEGER PRIMARY KEY, v never_made);

-- migrate: downgrade

DROP TABLE odd;
