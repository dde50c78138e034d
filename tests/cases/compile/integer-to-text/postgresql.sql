-- upgrade
CREATE TABLE "reading" (
    "id" INTEGER,
    "value" INTEGER,
    "level" SMALLINT NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO reading VALUES (1, 10, 1), (2, NULL, 2);
ALTER TABLE "reading" ALTER COLUMN "value" TYPE VARCHAR(20);
ALTER TABLE "reading" ALTER COLUMN "level" TYPE TEXT;
-- downgrade
DROP TABLE "reading";
