-- own convert character set
--
-- Revision ID: ca5e00000360
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE person CONVERT TO CHARACTER SET utf8mb4;

-- migrate: downgrade


