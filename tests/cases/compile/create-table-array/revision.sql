-- create table array
--
-- Revision ID: ca5e00000109
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE lists (numbers INTEGER[]);

-- migrate: downgrade

DROP TABLE lists;
