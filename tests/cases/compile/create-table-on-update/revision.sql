-- create table on update
--
-- Revision ID: ca5e00000119
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE seen (
    at TIMESTAMP DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    by TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP on update now()
);

-- migrate: downgrade

DROP TABLE seen;
