-- upgrade
CREATE TABLE "reader" (
    "person_id" INTEGER,
    "file_id" INTEGER,
    FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    FOREIGN KEY ("file_id") REFERENCES "file" ("id"),
    PRIMARY KEY ("person_id", "file_id")
);
ALTER TABLE "reader" DROP CONSTRAINT "reader_pkey";
-- downgrade
DROP TABLE "reader";
