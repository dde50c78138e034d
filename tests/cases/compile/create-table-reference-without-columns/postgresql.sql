-- upgrade
CREATE TABLE "note" (
    "person" INTEGER,
    FOREIGN KEY ("person") REFERENCES "person"
);
-- downgrade
DROP TABLE "note";
