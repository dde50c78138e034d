-- create table set default
--
-- Revision ID: ca5e00000124
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE fallback (person INTEGER DEFAULT 1 REFERENCES person (id) ON DELETE SET DEFAULT);

-- migrate: downgrade

DROP TABLE fallback;
