-- create table deferrable unique
--
-- Revision ID: ca5e00000113
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE later (rank INTEGER, CONSTRAINT later_rank UNIQUE (rank) DEFERRABLE);

-- migrate: downgrade

DROP TABLE later;
