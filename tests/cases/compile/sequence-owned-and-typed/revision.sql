-- sequence owned and typed
--
-- Revision ID: ca5e00000317
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE SEQUENCE file_size_seq AS SMALLINT OWNED BY file.size;
-- migrate: only postgresql
ALTER SEQUENCE file_size_seq OWNED BY NONE;

-- migrate: downgrade

-- migrate: only postgresql
DROP SEQUENCE file_size_seq CASCADE;
