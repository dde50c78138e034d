-- migrate: upgrade

DROP TRIGGER "tidy_name" ON "author";
CREATE TRIGGER tidy_name BEFORE INSERT OR UPDATE ON author FOR EACH ROW EXECUTE FUNCTION tidy();

-- migrate: downgrade

DROP TRIGGER "tidy_name" ON "author";
CREATE TRIGGER tidy_name BEFORE INSERT ON author FOR EACH ROW EXECUTE FUNCTION tidy();
