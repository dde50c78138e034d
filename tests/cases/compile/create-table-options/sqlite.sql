-- upgrade
CREATE TABLE IF NOT EXISTS "optional" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
CREATE TABLE IF NOT EXISTS "optional" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE IF EXISTS "optional";
DROP TABLE IF EXISTS "optional";
