-- upgrade
CREATE TABLE "target" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TABLE "source" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER,
    "c" INTEGER,
    "d" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("a") REFERENCES "target" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    FOREIGN KEY ("b") REFERENCES "target" ("id") ON UPDATE SET NULL ON DELETE SET NULL,
    FOREIGN KEY ("c") REFERENCES "target" ("id") ON UPDATE RESTRICT ON DELETE RESTRICT,
    FOREIGN KEY ("d") REFERENCES "target" ("id")
);
ALTER TABLE "source" DROP CONSTRAINT "source_c_fkey";
ALTER TABLE "source" ADD CONSTRAINT "source_c" FOREIGN KEY ("c") REFERENCES "target" ("id") ON DELETE CASCADE;
-- downgrade
DROP TABLE "source";
DROP TABLE "target";
