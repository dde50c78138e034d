-- create table match full
--
-- Revision ID: ca5e00000116
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
CREATE TABLE user_of_one (id INTEGER REFERENCES person (id) MATCH FULL);
CREATE TABLE user_of_pair (a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES pair (a, b) MATCH FULL);

-- migrate: downgrade

DROP TABLE user_of_pair;
DROP TABLE user_of_one;
DROP TABLE pair;
