-- migrate: upgrade

DROP TRIGGER "tidy_name" ON "author";
ALTER TABLE author ALTER COLUMN name TYPE TEXT;
CREATE TRIGGER tidy_name BEFORE UPDATE OF name ON author FOR EACH ROW EXECUTE FUNCTION tidy();

-- migrate: downgrade

DROP TRIGGER "tidy_name" ON "author";
ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(10);
CREATE TRIGGER tidy_name BEFORE UPDATE OF name ON author FOR EACH ROW EXECUTE FUNCTION tidy();
