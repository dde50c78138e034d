-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT 'sad' NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN ('sad', 'it''s ok', 'happy'))
);
INSERT INTO feeling (id) VALUES (1);
-- downgrade
DROP TABLE "feeling";
