-- version 1.5.2
--
-- Revision ID: 56608def7269
-- Revises: f75b4068af0a
-- Create Date: 2016-08-17 09:19:59.008773

-- migrate: upgrade

ALTER TABLE "{prefix}file" ALTER COLUMN size TYPE BIGINT;

-- migrate: downgrade

ALTER TABLE "{prefix}file" ALTER COLUMN size TYPE INTEGER;
