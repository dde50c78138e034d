-- upgrade
CREATE TABLE "reader" (
    "person_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    CONSTRAINT "reader_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    CONSTRAINT "reader_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file" ("id"),
    PRIMARY KEY ("person_id", "file_id")
);
ALTER TABLE "reader" ADD INDEX "reader_person_id_fkey" ("person_id"), DROP PRIMARY KEY;
-- downgrade
DROP TABLE "reader";
