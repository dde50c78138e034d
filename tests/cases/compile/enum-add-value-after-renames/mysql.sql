-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" RENAME TO "feelings";
ALTER TABLE "feelings" RENAME COLUMN "now" TO "at_present";
ALTER TABLE "feelings" MODIFY COLUMN "at_present" ENUM('sad', 'it''s ok', 'happy', 'angry') NOT NULL DEFAULT 'sad';
ALTER TABLE "feelings" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy', 'angry') NULL;
INSERT INTO feelings (id, at_present) VALUES (4, 'happy');
-- downgrade
DROP TABLE "feelings";
