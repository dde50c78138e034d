-- needs e
--
-- Revision ID: gggg7
-- Revises: ffff6
-- Depends On: eeee5
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE gggg7 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE gggg7;
