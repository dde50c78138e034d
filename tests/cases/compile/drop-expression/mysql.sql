-- upgrade
CREATE TABLE "area" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NULL,
    "b" INTEGER GENERATED ALWAYS AS (a * a) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO area (id, a) VALUES (1, 2), (2, 3);
ALTER TABLE "area" MODIFY COLUMN "b" INTEGER NULL;
INSERT INTO area (id, a, b) VALUES (3, 4, 4);
-- downgrade
DROP TABLE "area";
