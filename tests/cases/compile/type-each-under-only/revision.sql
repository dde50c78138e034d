-- type each under only
--
-- Revision ID: ca5e00000376
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE TABLE kinds (id INTEGER PRIMARY KEY, a tsvector, b int4range, c TEXT[]);
-- migrate: only mysql
CREATE TABLE kinds (id INTEGER PRIMARY KEY, a MEDIUMTEXT, b INTEGER UNSIGNED, c SET('x', 'y'));
-- migrate: only sqlite
CREATE TABLE kinds (id INTEGER PRIMARY KEY, a anything, b STRING, c);

-- migrate: downgrade

DROP TABLE kinds;
