-- upgrade
CREATE TABLE "remark" (
    "id" INTEGER NOT NULL,
    "text" VARCHAR(20),
    PRIMARY KEY ("id")
);
COMMENT ON TABLE "remark" IS 'what was said';
COMMENT ON COLUMN "remark"."id" IS 'the reader''s number';
-- downgrade
DROP TABLE "remark";
