-- upgrade
CREATE TABLE "fallback" (
    "person" INTEGER DEFAULT 1,
    FOREIGN KEY ("person") REFERENCES "person" ("id") ON DELETE SET DEFAULT
);
-- downgrade
DROP TABLE "fallback";
