-- view query with a common table
--
-- Revision ID: ca5e00000311
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW steps AS
    WITH big AS (SELECT id FROM file WHERE size > 10), few AS (SELECT 1 AS one)
    SELECT big.id, few.one FROM big, few;

-- migrate: downgrade

DROP VIEW steps;
