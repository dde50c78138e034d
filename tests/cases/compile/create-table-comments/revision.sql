-- create table comments
--
-- Revision ID: ca5e00000110
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE remark (
    id INTEGER NOT NULL PRIMARY KEY COMMENT 'the reader''s number',
    text VARCHAR(20)
) COMMENT 'what was said';

-- migrate: downgrade

DROP TABLE remark;
