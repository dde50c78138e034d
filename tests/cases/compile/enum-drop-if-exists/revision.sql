-- enum drop if exists
--
-- Revision ID: ca5e00000340
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP TYPE IF EXISTS never_made;
CREATE TYPE unused AS ENUM ('a');
DROP TYPE unused;

-- migrate: downgrade


