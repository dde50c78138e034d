-- upgrade
CREATE TABLE "log_line" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "line" VARCHAR(50) NULL,
    PRIMARY KEY ("id")
);
CREATE TRIGGER person_noted AFTER UPDATE ON person FOR EACH ROW BEGIN
    INSERT INTO log_line (line) VALUES (concat('changed; ', new.name));
END;
ALTER TABLE "person" MODIFY COLUMN "name" VARCHAR(60) NOT NULL;
UPDATE person SET name = 'eve' WHERE id = 2;
-- downgrade
ALTER TABLE "person" MODIFY COLUMN "name" VARCHAR(50) NOT NULL;
DROP TRIGGER person_noted;
DROP TABLE "log_line";
