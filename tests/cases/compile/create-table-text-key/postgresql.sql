-- upgrade
CREATE TABLE "job" (
    "task" VARCHAR(36),
    "part" INTEGER,
    PRIMARY KEY ("task"),
    UNIQUE ("part", "task")
);
CREATE TABLE "step" (
    "task" VARCHAR(36),
    "number" INTEGER,
    PRIMARY KEY ("task", "number")
);
-- downgrade
DROP TABLE "step";
DROP TABLE "job";
