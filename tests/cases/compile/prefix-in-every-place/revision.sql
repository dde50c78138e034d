-- prefix in every place
--
-- Revision ID: ca5e0000022a
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE {prefix}shelf (id INTEGER PRIMARY KEY, "{prefix}mark" VARCHAR(10) DEFAULT '{prefix}' NOT NULL);
INSERT INTO {prefix}shelf (id, "{prefix}mark") VALUES (1, '{{prefix}}');
ALTER TABLE {prefix}shelf ADD CONSTRAINT {prefix}shelf_mark CHECK ("{prefix}mark" <> '{prefix}x');
CREATE INDEX ix_{prefix}shelf ON {prefix}shelf ("{prefix}mark");

-- migrate: downgrade

DROP TABLE {prefix}shelf;
