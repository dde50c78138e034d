-- primary key added
--
-- Revision ID: ca5e00000221
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE loose (a INTEGER NOT NULL, b VARCHAR(10));
INSERT INTO loose VALUES (5, 'x'), (3, 'y');
ALTER TABLE loose ADD PRIMARY KEY (a);

-- migrate: downgrade

DROP TABLE loose;
