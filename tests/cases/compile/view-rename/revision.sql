-- view rename
--
-- Revision ID: ca5e00000305
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW names (n) AS SELECT name FROM person;
ALTER VIEW names RENAME TO "Names";

-- migrate: downgrade

ALTER VIEW "Names" RENAME TO names;
DROP VIEW names;
