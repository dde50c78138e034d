-- upgrade
CREATE TABLE "ticket" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "name" VARCHAR(10) NULL,
    PRIMARY KEY ("id")
);
INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c');
DELETE FROM ticket WHERE name = 'c';
ALTER TABLE "ticket" MODIFY COLUMN "name" VARCHAR(10) NULL DEFAULT 'z';
INSERT INTO ticket (name) VALUES ('d');
-- downgrade
DROP TABLE "ticket";
