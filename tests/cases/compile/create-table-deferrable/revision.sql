-- create table deferrable
--
-- Revision ID: ca5e00000112
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE later (person INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED);

-- migrate: downgrade

DROP TABLE later;
