-- own create table like
--
-- Revision ID: ca5e00000364
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE copy_of_file LIKE file;

-- migrate: downgrade

DROP TABLE copy_of_file;
