-- widen integer
--
-- Revision ID: ca5e00000201
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ALTER COLUMN size TYPE BIGINT;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN size TYPE INTEGER;
