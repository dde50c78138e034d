-- upgrade
CREATE TEMPORARY TABLE "scratch" (
    "id" INTEGER,
    "v" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO scratch (id, v) VALUES (1, 'x');
DROP TABLE "scratch";
-- downgrade
