-- composite primary key
--
-- Revision ID: ca5e00000207
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE member (team INTEGER, person INTEGER REFERENCES person (id), role VARCHAR(10), PRIMARY KEY (team, person));
INSERT INTO member VALUES (1, 1, 'lead'), (1, 2, NULL);
ALTER TABLE member ALTER COLUMN role SET DEFAULT 'none';
ALTER TABLE member ADD COLUMN since DATE;

-- migrate: downgrade

DROP TABLE member;
