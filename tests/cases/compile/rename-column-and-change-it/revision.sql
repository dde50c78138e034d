-- rename column and change it
--
-- Revision ID: ca5e0000020f
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file RENAME COLUMN note TO remark;
ALTER TABLE file ALTER COLUMN remark TYPE TEXT;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN remark TYPE VARCHAR(200);
ALTER TABLE file RENAME COLUMN remark TO note;
