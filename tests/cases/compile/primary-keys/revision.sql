-- primary keys
--
-- Revision ID: ca5e00000136
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE tag (name VARCHAR(20) NOT NULL, place INTEGER NOT NULL);
ALTER TABLE tag ADD PRIMARY KEY (name);
ALTER TABLE tag DROP PRIMARY KEY;
ALTER TABLE tag ADD CONSTRAINT tag_key PRIMARY KEY (name, place);
ALTER TABLE tag RENAME TO label;

-- migrate: downgrade

ALTER TABLE label RENAME TO tag;
-- migrate: only sqlite, postgresql
ALTER TABLE tag DROP CONSTRAINT tag_key;
-- migrate: only mysql
ALTER TABLE tag DROP PRIMARY KEY;
DROP TABLE tag;
