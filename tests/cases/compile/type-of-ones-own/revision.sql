-- type of ones own
--
-- Revision ID: ca5e00000374
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE DOMAIN amount AS INTEGER CHECK (VALUE >= 0);
CREATE TABLE odd (id INTEGER PRIMARY KEY, v amount);

-- migrate: downgrade

DROP TABLE odd;
-- migrate: only postgresql
DROP DOMAIN amount;
