-- own extension
--
-- Revision ID: ca5e00000350
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE EXTENSION IF NOT EXISTS plpgsql;

-- migrate: downgrade


