-- upgrade
CREATE TABLE copy_of_file LIKE file;
-- downgrade
DROP TABLE "copy_of_file";
