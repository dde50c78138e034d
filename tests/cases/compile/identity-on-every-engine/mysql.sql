-- upgrade
CREATE TABLE "numbered" (
    "id" INTEGER NOT NULL,
    "name" LONGTEXT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO numbered (id, name) VALUES (3, 'three');
ALTER TABLE "numbered" MODIFY COLUMN "id" INTEGER NOT NULL AUTO_INCREMENT;
ALTER TABLE "numbered" MODIFY COLUMN "id" INTEGER NOT NULL;
-- downgrade
DROP TABLE "numbered";
