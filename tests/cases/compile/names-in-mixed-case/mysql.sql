-- upgrade
CREATE TABLE "Mixed" (
    "Id" INTEGER NOT NULL,
    "UserName" VARCHAR(10) NULL,
    PRIMARY KEY ("Id")
);
INSERT INTO "Mixed" VALUES (1, 'a');
ALTER TABLE "Mixed" RENAME COLUMN "UserName" TO "LoginName";
SELECT count(*), NULL FROM "Mixed" WHERE "LoginName" IS NULL;
ALTER TABLE "Mixed" MODIFY COLUMN "LoginName" VARCHAR(10) NOT NULL;
CREATE INDEX "IxLogin" ON "Mixed" ("LoginName");
-- downgrade
DROP TABLE "Mixed";
