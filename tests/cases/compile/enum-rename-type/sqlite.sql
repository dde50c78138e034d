-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT 'sad' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN ('sad', 'it''s ok', 'happy')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN ('sad', 'it''s ok', 'happy'))
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" ADD COLUMN "after_it" TEXT CONSTRAINT "feeling_after_it_enum" CHECK ("after_it" IN ('sad', 'it''s ok', 'happy'));
-- downgrade
DROP TABLE "feeling";
