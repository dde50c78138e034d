-- upgrade
CREATE TABLE "later" (
    "person" INTEGER,
    FOREIGN KEY ("person") REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED
);
-- downgrade
DROP TABLE "later";
