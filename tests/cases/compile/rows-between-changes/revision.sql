-- rows between changes
--
-- Revision ID: ca5e0000021b
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ALTER COLUMN note SET DEFAULT '0';
UPDATE file SET note = '4' WHERE id = 1;
INSERT INTO file (id, name, size) VALUES (4, 'four', 40);
ALTER TABLE file ALTER COLUMN note SET NOT NULL;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN note DROP NOT NULL;
DELETE FROM file WHERE id = 4;
ALTER TABLE file ALTER COLUMN note DROP DEFAULT;
UPDATE file SET note = '1' WHERE id = 1;
