-- upgrade
CREATE SEQUENCE "file_size_seq" AS SMALLINT OWNED BY "file"."size";
ALTER SEQUENCE "file_size_seq" OWNED BY NONE;
-- downgrade
DROP SEQUENCE "file_size_seq" CASCADE;
