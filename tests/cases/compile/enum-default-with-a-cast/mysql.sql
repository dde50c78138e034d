-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id) VALUES (1);
-- downgrade
DROP TABLE "feeling";
