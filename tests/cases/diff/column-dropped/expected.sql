-- migrate: upgrade

DROP INDEX author_age ON author;
ALTER TABLE author DROP CONSTRAINT author_age_check;
ALTER TABLE author DROP COLUMN age;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN age INTEGER CHECK (age > 0);
CREATE INDEX author_age ON author (age);
