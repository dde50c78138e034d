-- version 1.2.1
--
-- Revision ID: 430a70c8aa21
-- Revises: 2cc69d5c53eb
-- Create Date: 2015-07-06 16:34:44.422586

-- migrate: upgrade

-- PostgreSQL rounds a REAL to six digits when it becomes NUMERIC, which moves a time of today by
-- up to an hour; by way of DOUBLE PRECISION every stored digit arrives.
-- migrate: only postgresql
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_first_scan TYPE NUMERIC
    USING CAST(CAST(timestamp_first_scan AS DOUBLE PRECISION) AS NUMERIC);
-- migrate: only postgresql
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_last_scan TYPE NUMERIC
    USING CAST(CAST(timestamp_last_scan AS DOUBLE PRECISION) AS NUMERIC);
-- migrate: only postgresql
ALTER TABLE "{prefix}scanEvents" ALTER COLUMN "timestamp" TYPE NUMERIC
    USING CAST(CAST("timestamp" AS DOUBLE PRECISION) AS NUMERIC);

-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_first_scan TYPE NUMERIC;
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_last_scan TYPE NUMERIC;
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}scanEvents" ALTER COLUMN "timestamp" TYPE NUMERIC;

-- migrate: downgrade

ALTER TABLE "{prefix}scanEvents" ALTER COLUMN "timestamp" TYPE FLOAT(2);
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_last_scan TYPE FLOAT(2);
ALTER TABLE "{prefix}file" ALTER COLUMN timestamp_first_scan TYPE FLOAT(2);
