-- upgrade
CREATE TABLE "numbered" (
    "id" INTEGER NOT NULL,
    "name" LONGTEXT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO numbered (id, name) VALUES (3, 'three');
ALTER TABLE "numbered" MODIFY COLUMN "id" INTEGER NOT NULL AUTO_INCREMENT;
INSERT INTO numbered (name) VALUES ('four');
CREATE TABLE "still_empty" (
    "id" INTEGER NOT NULL,
    "name" LONGTEXT NULL,
    PRIMARY KEY ("id")
);
ALTER TABLE "still_empty" MODIFY COLUMN "id" INTEGER NOT NULL AUTO_INCREMENT;
INSERT INTO still_empty (name) VALUES ('one');
ALTER TABLE "numbered" MODIFY COLUMN "id" INTEGER NOT NULL;
-- downgrade
DROP TABLE "numbered";
DROP TABLE "still_empty";
