-- upgrade
CREATE TABLE "reading" (
    "id" INTEGER NOT NULL,
    "value" INTEGER NULL,
    "level" SMALLINT NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO reading VALUES (1, 10, 1), (2, NULL, 2);
ALTER TABLE "reading" MODIFY COLUMN "value" VARCHAR(20) NULL;
ALTER TABLE "reading" MODIFY COLUMN "level" LONGTEXT NOT NULL;
-- downgrade
DROP TABLE "reading";
