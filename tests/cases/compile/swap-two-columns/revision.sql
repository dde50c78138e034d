-- swap two columns
--
-- Revision ID: ca5e00000210
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file RENAME COLUMN note TO spare;
ALTER TABLE file RENAME COLUMN name TO note;
ALTER TABLE file RENAME COLUMN spare TO name;

-- migrate: downgrade

ALTER TABLE file RENAME COLUMN name TO spare;
ALTER TABLE file RENAME COLUMN note TO name;
ALTER TABLE file RENAME COLUMN spare TO note;
