-- upgrade
CREATE TABLE "job" (
    "task" VARCHAR(36) NOT NULL,
    "part" INTEGER,
    PRIMARY KEY ("task"),
    CONSTRAINT "job_part_task_key" UNIQUE ("part", "task")
);
CREATE TABLE "step" (
    "task" VARCHAR(36) NOT NULL,
    "number" INTEGER NOT NULL,
    PRIMARY KEY ("task", "number")
);
-- downgrade
DROP TABLE "step";
DROP TABLE "job";
