-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" ADD COLUMN "after_it" ENUM('sad', 'it''s ok', 'happy') NULL;
-- downgrade
DROP TABLE "feeling";
