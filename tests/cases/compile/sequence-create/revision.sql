-- sequence create
--
-- Revision ID: ca5e00000313
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql, mysql
CREATE SEQUENCE {prefix}numbers START WITH 10 INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000 CACHE 2 CYCLE;
-- migrate: only postgresql, mysql
CREATE SEQUENCE IF NOT EXISTS plain;

-- migrate: downgrade

-- migrate: only postgresql, mysql
DROP SEQUENCE {prefix}numbers;
-- migrate: only postgresql, mysql
DROP SEQUENCE IF EXISTS plain;
