-- upgrade
CREATE TABLE "kinds" (
    "a" SMALLINT,
    "b" INTEGER,
    "c" BIGINT,
    "d" NUMERIC,
    "e" NUMERIC(10),
    "f" NUMERIC(10, 2),
    "g" REAL,
    "h" DOUBLE PRECISION,
    "i" DOUBLE PRECISION,
    "j" FLOAT(2),
    "k" FLOAT(53),
    "l" BOOLEAN,
    "m" VARCHAR,
    "n" VARCHAR(40),
    "o" CHAR,
    "p" CHAR(3),
    "q" TEXT,
    "r" BYTEA,
    "s" DATE,
    "t" TIME,
    "u" TIME(3),
    "v" TIMESTAMP,
    "w" TIMESTAMP(3) WITH TIME ZONE,
    "x" UUID,
    "y" JSON,
    "z" JSONB
);
-- downgrade
DROP TABLE "kinds";
