-- upgrade
CREATE TABLE "member" (
    "team" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "role" VARCHAR(10) NULL,
    CONSTRAINT "member_person_fkey" FOREIGN KEY ("person") REFERENCES "person" ("id"),
    PRIMARY KEY ("team", "person")
);
INSERT INTO member VALUES (1, 1, 'lead'), (1, 2, NULL);
ALTER TABLE "member" MODIFY COLUMN "role" VARCHAR(10) NULL DEFAULT 'none';
ALTER TABLE "member" ADD COLUMN "since" DATE NULL;
-- downgrade
DROP TABLE "member";
