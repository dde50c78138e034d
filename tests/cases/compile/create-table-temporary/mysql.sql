-- upgrade
CREATE TEMPORARY TABLE "scratch" (
    "id" INTEGER NOT NULL,
    "v" LONGTEXT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO scratch (id, v) VALUES (1, 'x');
DROP TABLE "scratch";
-- downgrade
