-- own set schema
--
-- Revision ID: ca5e00000355
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE moved (id INTEGER PRIMARY KEY);
CREATE SCHEMA apart;
ALTER TABLE moved SET SCHEMA apart;

-- migrate: downgrade

DROP SCHEMA apart CASCADE;
