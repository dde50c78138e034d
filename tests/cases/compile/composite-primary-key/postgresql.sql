-- upgrade
CREATE TABLE "member" (
    "team" INTEGER,
    "person" INTEGER,
    "role" VARCHAR(10),
    FOREIGN KEY ("person") REFERENCES "person" ("id"),
    PRIMARY KEY ("team", "person")
);
INSERT INTO member VALUES (1, 1, 'lead'), (1, 2, NULL);
ALTER TABLE "member" ALTER COLUMN "role" SET DEFAULT 'none';
ALTER TABLE "member" ADD COLUMN "since" DATE;
-- downgrade
DROP TABLE "member";
