-- create table as select
--
-- Revision ID: ca5e00000365
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE copy_of_person AS SELECT id, name FROM person;

-- migrate: downgrade

DROP TABLE copy_of_person;
