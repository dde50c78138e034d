-- merge it
--
-- Revision ID: dddd4
-- Revises: bbbb2, cccc3
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE dddd4 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE dddd4;
