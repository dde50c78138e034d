-- drop primary key by name
--
-- Revision ID: ca5e00000129
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE tag (name VARCHAR(20) NOT NULL PRIMARY KEY);
ALTER TABLE tag DROP CONSTRAINT tag_pkey;
CREATE TABLE label (name VARCHAR(20) NOT NULL PRIMARY KEY);
ALTER TABLE label RENAME TO mark;
ALTER TABLE mark DROP CONSTRAINT label_pkey;
CREATE TABLE sign (name VARCHAR(20) NOT NULL, CONSTRAINT pk_sign PRIMARY KEY (name));
ALTER TABLE sign DROP CONSTRAINT pk_sign;

-- migrate: downgrade

DROP TABLE sign;
DROP TABLE mark;
DROP TABLE tag;
