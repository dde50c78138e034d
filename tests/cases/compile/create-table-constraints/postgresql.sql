-- upgrade
CREATE TABLE "p_edition" (
    "book_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "isbn" CHAR(13),
    "year" INTEGER,
    "previous" INTEGER,
    FOREIGN KEY ("book_id") REFERENCES "p_book" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    UNIQUE ("isbn"),
    CHECK (year > 1400),
    PRIMARY KEY ("book_id", "number"),
    CONSTRAINT "p_edition_previous" FOREIGN KEY ("book_id", "previous") REFERENCES "p_edition" ("book_id", "number"),
    CONSTRAINT "p_edition_order" CHECK (previous IS NULL OR previous < number),
    UNIQUE ("isbn", "year")
);
-- downgrade
DROP TABLE "p_edition";
