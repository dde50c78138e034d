-- rev eeee5
--
-- Revision ID: eeee5
-- Revises: dddd4
-- Create Date: 2026-01-02 03:04:05.000000+00:00

-- migrate: upgrade

CREATE TABLE eeee5 (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE eeee5;
