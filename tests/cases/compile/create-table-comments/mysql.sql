-- upgrade
CREATE TABLE "remark" (
    "id" INTEGER NOT NULL COMMENT 'the reader''s number',
    "text" VARCHAR(20) NULL,
    PRIMARY KEY ("id")
) COMMENT='what was said';
-- downgrade
DROP TABLE "remark";
