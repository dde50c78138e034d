-- sequence rename
--
-- Revision ID: ca5e00000316
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql, mysql
CREATE SEQUENCE numbers;
-- migrate: only postgresql, mysql
ALTER SEQUENCE numbers RENAME TO "Numbers";

-- migrate: downgrade

-- migrate: only postgresql, mysql
DROP SEQUENCE "Numbers";
