-- create table other types
--
-- Revision ID: ca5e00000121
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE TABLE other (a tsvector, b INTEGER[], c inet);
-- migrate: only mysql
CREATE TABLE other (a MEDIUMTEXT, b INTEGER UNSIGNED, c ENUM('x', 'y'), d YEAR);
-- migrate: only sqlite
CREATE TABLE other (a, b STRING, c INTEGER);
-- migrate: only sqlite
CREATE TABLE exact (a TEXT, b ANY, id INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;

-- migrate: downgrade

-- migrate: only sqlite
DROP TABLE exact;
DROP TABLE other;
