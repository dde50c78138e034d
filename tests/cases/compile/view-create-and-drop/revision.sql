-- view create and drop
--
-- Revision ID: ca5e00000300
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW {prefix}titles AS
    SELECT b.title, a.name -- who wrote it
    FROM {prefix}book b JOIN {prefix}author a ON a.id = b.author_id;

-- migrate: downgrade

DROP VIEW {prefix}titles;
