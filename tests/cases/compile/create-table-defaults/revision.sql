-- create table defaults
--
-- Revision ID: ca5e00000111
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE defaults (
    a INTEGER DEFAULT -1 NOT NULL,
    b VARCHAR(20) DEFAULT 'it''s',
    c TEXT DEFAULT 'long',
    d BOOLEAN DEFAULT TRUE NOT NULL,
    e TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    f TIMESTAMP(3) DEFAULT now(),
    g INTEGER DEFAULT (1 + 1),
    h INTEGER DEFAULT (1) + (2),
    i INTEGER DEFAULT NULL,
    j DATE DEFAULT CURRENT_DATE,
    k NUMERIC(5, 2) DEFAULT 1.50
);

-- migrate: downgrade

DROP TABLE defaults;
