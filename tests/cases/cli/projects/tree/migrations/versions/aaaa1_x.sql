-- rev aaaa1
--
-- Revision ID: aaaa1
-- Revises:
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE aaaa1 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE aaaa1;
