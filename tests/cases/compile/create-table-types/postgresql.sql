-- upgrade
CREATE TABLE "p_everything" (
    "id" BIGSERIAL,
    "small" SMALLINT,
    "whole" INTEGER DEFAULT -1,
    "large" BIGINT,
    "exact" NUMERIC(10, 2) DEFAULT 0.5,
    "any_number" NUMERIC,
    "single" REAL,
    "twice" DOUBLE PRECISION,
    "float_two" FLOAT(2),
    "flag" BOOLEAN DEFAULT FALSE NOT NULL,
    "free" VARCHAR,
    "short" VARCHAR(10) DEFAULT 'it''s',
    "fixed" CHAR(3),
    "long" TEXT DEFAULT 'none',
    "bytes" BYTEA,
    "day" DATE,
    "moment" TIME,
    "at" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "at_zone" TIMESTAMP WITH TIME ZONE,
    "uid" UUID,
    "doc" JSON,
    "docb" JSONB,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "p_everything";
