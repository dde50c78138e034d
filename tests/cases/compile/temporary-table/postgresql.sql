-- upgrade
CREATE TEMPORARY TABLE "passing" (
    "id" INTEGER,
    "name" VARCHAR(50),
    PRIMARY KEY ("id")
);
INSERT INTO passing SELECT id, name FROM person;
UPDATE person SET name = (SELECT passing.name FROM passing WHERE passing.id = person.id);
DROP TABLE "passing";
-- downgrade
