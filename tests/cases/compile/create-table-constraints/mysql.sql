-- upgrade
CREATE TABLE "p_edition" (
    "book_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "isbn" CHAR(13) NULL,
    "year" INTEGER NULL,
    "previous" INTEGER NULL,
    CONSTRAINT "p_edition_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "p_book" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT "p_edition_isbn_key" UNIQUE ("isbn"),
    CONSTRAINT "p_edition_year_check" CHECK (year > 1400),
    PRIMARY KEY ("book_id", "number"),
    CONSTRAINT "p_edition_previous" FOREIGN KEY ("book_id", "previous") REFERENCES "p_edition" ("book_id", "number"),
    CONSTRAINT "p_edition_order" CHECK (previous IS NULL OR previous < number),
    CONSTRAINT "p_edition_isbn_year_key" UNIQUE ("isbn", "year")
);
-- downgrade
DROP TABLE "p_edition";
