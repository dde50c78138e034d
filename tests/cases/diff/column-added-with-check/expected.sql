-- migrate: upgrade

ALTER TABLE author ADD COLUMN age INTEGER CHECK (age > 0);

-- migrate: downgrade

ALTER TABLE author DROP CONSTRAINT author_age_check;
ALTER TABLE author DROP COLUMN age;
