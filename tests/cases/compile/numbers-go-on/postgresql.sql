-- upgrade
CREATE TABLE "ticket" (
    "id" SERIAL,
    "name" VARCHAR(10),
    PRIMARY KEY ("id")
);
INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c');
DELETE FROM ticket WHERE name = 'c';
ALTER TABLE "ticket" ALTER COLUMN "name" SET DEFAULT 'z';
INSERT INTO ticket (name) VALUES ('d');
-- downgrade
DROP TABLE "ticket";
