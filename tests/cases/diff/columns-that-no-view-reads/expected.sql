-- migrate: upgrade

ALTER TABLE author RENAME COLUMN age TO years;
ALTER TABLE author ALTER COLUMN mail TYPE VARCHAR(50);
ALTER TABLE author DROP COLUMN hair;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN hair TEXT;
ALTER TABLE author ALTER COLUMN mail TYPE VARCHAR(20);
ALTER TABLE author RENAME COLUMN years TO age;
