-- semicolons and comments inside
--
-- Revision ID: ca5e0000021f
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- first; a comment; with semicolons
INSERT INTO person (id, name) VALUES /* ; */ (9, 'a;b''c--d'); -- and behind
ALTER TABLE person -- of people
    ADD COLUMN /* the nick; name */ nick VARCHAR(10) DEFAULT '--;' ;

-- migrate: downgrade

ALTER TABLE person DROP COLUMN nick;
DELETE FROM person WHERE id = 9;
