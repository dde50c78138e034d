-- unique dropped that serves a foreign key
--
-- Revision ID: ca5e00000931
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD CONSTRAINT one_each UNIQUE (owner);
ALTER TABLE file DROP CONSTRAINT one_each;

-- migrate: downgrade
