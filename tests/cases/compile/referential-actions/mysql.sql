-- upgrade
CREATE TABLE "target" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
CREATE TABLE "source" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NULL,
    "b" INTEGER NULL,
    "c" INTEGER NULL,
    "d" INTEGER NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "source_a_fkey" FOREIGN KEY ("a") REFERENCES "target" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT "source_b_fkey" FOREIGN KEY ("b") REFERENCES "target" ("id") ON UPDATE SET NULL ON DELETE SET NULL,
    CONSTRAINT "source_c_fkey" FOREIGN KEY ("c") REFERENCES "target" ("id") ON UPDATE RESTRICT ON DELETE RESTRICT,
    CONSTRAINT "source_d_fkey" FOREIGN KEY ("d") REFERENCES "target" ("id")
);
ALTER TABLE "source" DROP FOREIGN KEY "source_c_fkey";
ALTER TABLE "source" ADD CONSTRAINT "source_c" FOREIGN KEY ("c") REFERENCES "target" ("id") ON DELETE CASCADE;
-- downgrade
DROP TABLE "source";
DROP TABLE "target";
