-- the key of a table between two others goes
--
-- Revision ID: ca5e00000932
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE reader (
    person_id INTEGER REFERENCES person (id),
    file_id INTEGER REFERENCES file (id),
    PRIMARY KEY (person_id, file_id)
);
ALTER TABLE reader DROP PRIMARY KEY;

-- migrate: downgrade

DROP TABLE reader;
