-- upgrade
CREATE TABLE "fallback" (
    "person" INTEGER DEFAULT 1,
    CONSTRAINT "fallback_person_fkey" FOREIGN KEY ("person") REFERENCES "person" ("id") ON DELETE SET DEFAULT
);
-- downgrade
DROP TABLE "fallback";
