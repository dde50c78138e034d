-- upgrade
CREATE TABLE "p_area" (
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "surface" INTEGER GENERATED ALWAYS AS (width * height) STORED
);
-- downgrade
DROP TABLE "p_area";
