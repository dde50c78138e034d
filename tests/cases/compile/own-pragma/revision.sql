-- own pragma
--
-- Revision ID: ca5e00000361
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

PRAGMA user_version = 7;

-- migrate: downgrade

PRAGMA user_version = 0;
