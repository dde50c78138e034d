-- upgrade
CREATE TABLE "other" (
    "a",
    "b" STRING,
    "c" INTEGER
);
CREATE TABLE "exact" (
    "a" TEXT,
    "b" ANY,
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
-- downgrade
DROP TABLE "exact";
DROP TABLE "other";
