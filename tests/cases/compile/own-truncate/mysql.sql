-- upgrade
CREATE TABLE "scratch" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO scratch (id) VALUES (1);
TRUNCATE TABLE scratch;
-- downgrade
DROP TABLE "scratch";
