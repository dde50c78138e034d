-- upgrade
CREATE TABLE IF NOT EXISTS "p_tag" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20) NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE IF EXISTS "p_tag";
