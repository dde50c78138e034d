-- change primary key
--
-- Revision ID: ca5e00000208
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE code (old_code VARCHAR(10) NOT NULL, new_code VARCHAR(10) NOT NULL, CONSTRAINT code_pk PRIMARY KEY (old_code));
INSERT INTO code VALUES ('a', 'x'), ('b', 'y');
ALTER TABLE code DROP CONSTRAINT code_pk;
ALTER TABLE code ADD CONSTRAINT code_new_pk PRIMARY KEY (new_code);

-- migrate: downgrade

DROP TABLE code;
