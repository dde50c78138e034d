-- upgrade
CREATE TABLE IF NOT EXISTS "p_tag" (
    "id" INTEGER,
    "name" VARCHAR(20),
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE IF EXISTS "p_tag";
