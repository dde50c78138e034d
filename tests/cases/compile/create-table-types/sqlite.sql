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
    "i" FLOAT,
    "j" FLOAT(2),
    "k" FLOAT(53),
    "l" BOOLEAN,
    "m" VARCHAR,
    "n" VARCHAR(40),
    "o" CHAR,
    "p" CHAR(3),
    "q" TEXT,
    "r" BLOB,
    "s" DATE,
    "t" TIME,
    "u" TIME(3),
    "v" TIMESTAMP,
    "w" TIMESTAMP WITH TIME ZONE,
    "x" CHAR(36),
    "y" TEXT,
    "z" TEXT
);
-- downgrade
DROP TABLE "kinds";
