-- create table generated
--
-- Revision ID: ca5e00000005
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE {prefix}area (
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    surface INTEGER GENERATED ALWAYS AS (width * height) STORED
);

-- migrate: downgrade

DROP TABLE {prefix}area;
