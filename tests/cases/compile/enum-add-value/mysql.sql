-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'happy', 'angry') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy', 'angry') NULL;
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'glad', 'happy', 'angry') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'glad', 'happy', 'angry') NULL;
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'bored', 'it''s ok', 'glad', 'happy', 'angry') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'bored', 'it''s ok', 'glad', 'happy', 'angry') NULL;
-- downgrade
DROP TABLE "feeling";
