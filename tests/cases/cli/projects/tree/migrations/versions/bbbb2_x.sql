-- rev bbbb2
--
-- Revision ID: bbbb2
-- Revises: aaaa1
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE bbbb2 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE bbbb2;
