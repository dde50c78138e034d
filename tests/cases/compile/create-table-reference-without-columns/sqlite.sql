-- upgrade
CREATE TABLE "note" (
    "person" INTEGER,
    CONSTRAINT "note_person_fkey" FOREIGN KEY ("person") REFERENCES "person"
);
-- downgrade
DROP TABLE "note";
