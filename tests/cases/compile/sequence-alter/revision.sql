-- sequence alter
--
-- Revision ID: ca5e00000315
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql, mysql
CREATE SEQUENCE numbers NO MAXVALUE NO CYCLE;
-- migrate: only postgresql, mysql
ALTER SEQUENCE numbers INCREMENT BY 10 RESTART WITH 100;
-- migrate: only postgresql, mysql
ALTER SEQUENCE IF EXISTS numbers MINVALUE -5 CYCLE;
-- migrate: only postgresql, mysql
ALTER SEQUENCE numbers RESTART;

-- migrate: downgrade

-- migrate: only postgresql, mysql
DROP SEQUENCE numbers;
