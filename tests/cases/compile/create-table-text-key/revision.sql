-- create table text key
--
-- Revision ID: ca5e00000125
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE job (
    task VARCHAR(36) PRIMARY KEY,
    part INTEGER,
    UNIQUE (part, task)
);
CREATE TABLE step (task VARCHAR(36), number INTEGER, PRIMARY KEY (task, number));

-- migrate: downgrade

DROP TABLE step;
DROP TABLE job;
