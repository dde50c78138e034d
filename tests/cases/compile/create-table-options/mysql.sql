-- upgrade
CREATE TABLE IF NOT EXISTS "optional" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) ENGINE=InnoDB CHARSET=utf8mb4;
CREATE TABLE IF NOT EXISTS "optional" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE IF EXISTS "optional";
DROP TABLE IF EXISTS "optional";
