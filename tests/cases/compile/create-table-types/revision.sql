-- create table types
--
-- Revision ID: ca5e00000126
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE kinds (
    a SMALLINT,
    b INTEGER,
    c BIGINT,
    d NUMERIC,
    e NUMERIC(10),
    f NUMERIC(10, 2),
    g REAL,
    h DOUBLE PRECISION,
    i FLOAT,
    j FLOAT(2),
    k FLOAT(53),
    l BOOLEAN,
    m VARCHAR,
    n VARCHAR(40),
    o CHAR,
    p CHAR(3),
    q TEXT,
    r BYTEA,
    s DATE,
    t TIME,
    u TIME(3),
    v TIMESTAMP,
    w TIMESTAMP(3) WITH TIME ZONE,
    x UUID,
    y JSON,
    z JSONB
);

-- migrate: downgrade

DROP TABLE kinds;
