-- add constraint not valid
--
-- Revision ID: ca5e00000106
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD CONSTRAINT size_limit CHECK (size < 1000) NOT VALID;
ALTER TABLE file VALIDATE CONSTRAINT size_limit;

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT size_limit CASCADE;
