-- network base
--
-- Revision ID: ffff6
-- Revises:
-- Branch Labels: net
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE ffff6 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE ffff6;
