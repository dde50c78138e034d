-- own domain
--
-- Revision ID: ca5e00000351
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0);

-- migrate: downgrade

DROP DOMAIN positive;
