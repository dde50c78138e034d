-- upgrade
CREATE TABLE "box" (
    "id" INTEGER,
    "width" INTEGER NOT NULL,
    "height" INTEGER,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO box (id, width, height) VALUES (1, 2, 3);
ALTER TABLE "box" ALTER COLUMN "height" SET NOT NULL;
ALTER TABLE "box" ADD COLUMN "label" VARCHAR(10) DEFAULT 'x' NOT NULL;
ALTER TABLE "box" ALTER COLUMN "label" SET DEFAULT 'y';
-- downgrade
DROP TABLE "box";
