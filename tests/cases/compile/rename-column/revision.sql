-- rename column
--
-- Revision ID: ca5e00000015
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book RENAME COLUMN pages TO leaves;
ALTER TABLE {prefix}book RENAME title TO heading;

-- migrate: downgrade

ALTER TABLE {prefix}book RENAME COLUMN heading TO title;
ALTER TABLE {prefix}book RENAME COLUMN leaves TO pages;
