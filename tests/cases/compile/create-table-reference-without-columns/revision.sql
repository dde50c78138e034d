-- create table reference without columns
--
-- Revision ID: ca5e00000122
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE note (person INTEGER REFERENCES person);

-- migrate: downgrade

DROP TABLE note;
