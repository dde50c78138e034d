-- unique where rows hold null
--
-- Revision ID: ca5e00000223
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE badge (id INTEGER PRIMARY KEY, code VARCHAR(10));
INSERT INTO badge VALUES (1, NULL), (2, NULL), (3, 'a');
ALTER TABLE badge ADD CONSTRAINT badge_code UNIQUE (code);
ALTER TABLE badge RENAME CONSTRAINT badge_code TO badge_code_once;

-- migrate: downgrade

ALTER TABLE badge DROP CONSTRAINT badge_code_once;
DROP TABLE badge;
