-- upgrade
CREATE TABLE "scratch" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO scratch (id) VALUES (1);
TRUNCATE TABLE scratch;
-- downgrade
DROP TABLE "scratch";
