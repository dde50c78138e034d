-- upgrade
CREATE TABLE "Mixed" (
    "Id" INTEGER,
    "UserName" VARCHAR(10),
    PRIMARY KEY ("Id")
);
INSERT INTO "Mixed" VALUES (1, 'a');
ALTER TABLE "Mixed" RENAME COLUMN "UserName" TO "LoginName";
ALTER TABLE "Mixed" ALTER COLUMN "LoginName" SET NOT NULL;
CREATE INDEX "IxLogin" ON "Mixed" ("LoginName");
-- downgrade
DROP TABLE "Mixed";
