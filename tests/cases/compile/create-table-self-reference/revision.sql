-- create table self reference
--
-- Revision ID: ca5e00000123
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE tree (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES tree ON DELETE CASCADE
);

-- migrate: downgrade

DROP TABLE tree;
