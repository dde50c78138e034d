-- view check option everywhere
--
-- Revision ID: ca5e00000308
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW small AS SELECT id, size FROM file WHERE size < 100 WITH CASCADED CHECK OPTION;

-- migrate: downgrade

DROP VIEW small;
