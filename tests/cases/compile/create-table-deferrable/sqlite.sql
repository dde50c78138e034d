-- upgrade
CREATE TABLE "later" (
    "person" INTEGER,
    CONSTRAINT "later_person_fkey" FOREIGN KEY ("person") REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED
);
-- downgrade
DROP TABLE "later";
