-- sequence everywhere
--
-- Revision ID: ca5e00000314
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE SEQUENCE numbers;

-- migrate: downgrade

DROP SEQUENCE numbers;
