-- self reference added
--
-- Revision ID: ca5e0000020b
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE person ADD COLUMN boss_id INTEGER;
UPDATE person SET boss_id = 1 WHERE id = 2;
ALTER TABLE person ADD CONSTRAINT person_boss FOREIGN KEY (boss_id) REFERENCES person (id) ON DELETE SET NULL;

-- migrate: downgrade

ALTER TABLE person DROP CONSTRAINT person_boss;
ALTER TABLE person DROP COLUMN boss_id;
