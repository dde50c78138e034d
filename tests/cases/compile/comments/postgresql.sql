-- upgrade
COMMENT ON TABLE "p_book" IS 'what is read';
COMMENT ON COLUMN "p_book"."title" IS 'it''s on the cover';
-- downgrade
COMMENT ON COLUMN "p_book"."title" IS NULL;
COMMENT ON TABLE "p_book" IS NULL;
