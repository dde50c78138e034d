-- upgrade
CREATE TABLE copy_of_person AS SELECT id, name FROM person;
-- downgrade
DROP TABLE "copy_of_person";
