-- enum with a prefix
--
-- Revision ID: ca5e00000343
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE {prefix}state AS ENUM ('new', 'done');
ALTER TABLE {prefix}book ADD COLUMN state {prefix}state DEFAULT 'new';
ALTER TYPE {prefix}state ADD VALUE 'lost';

-- migrate: downgrade

ALTER TABLE {prefix}book DROP COLUMN state;
DROP TYPE {prefix}state;
