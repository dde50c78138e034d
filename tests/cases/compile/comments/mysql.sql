-- upgrade
ALTER TABLE "p_book" COMMENT = 'what is read';
ALTER TABLE "p_book" MODIFY COLUMN "title" VARCHAR(100) NOT NULL DEFAULT 'untitled' COMMENT 'it''s on the cover';
-- downgrade
ALTER TABLE "p_book" MODIFY COLUMN "title" VARCHAR(100) NOT NULL DEFAULT 'untitled';
ALTER TABLE "p_book" COMMENT = '';
