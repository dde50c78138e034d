-- upgrade
CREATE TABLE "box" (
    "id" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NULL,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO box (id, width, height) VALUES (1, 2, 3);
SELECT count(*), NULL FROM "box" WHERE "height" IS NULL;
ALTER TABLE "box" MODIFY COLUMN "height" INTEGER NOT NULL;
ALTER TABLE "box" ADD COLUMN "label" VARCHAR(10) NOT NULL DEFAULT 'x';
ALTER TABLE "box" MODIFY COLUMN "label" VARCHAR(10) NOT NULL DEFAULT 'y';
-- downgrade
DROP TABLE "box";
