-- view check option
--
-- Revision ID: ca5e00000307
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql, mysql
CREATE VIEW small AS SELECT id, size FROM file WHERE size < 100 WITH LOCAL CHECK OPTION;
-- migrate: only postgresql, mysql
CREATE OR REPLACE VIEW smaller AS SELECT id, size FROM small WHERE size < 50 WITH CHECK OPTION;

-- migrate: downgrade

-- migrate: only postgresql, mysql
DROP VIEW smaller, small;
