-- upgrade
CREATE TABLE "p_shelf" (
    "id" SERIAL,
    "book_id" INTEGER,
    "room" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("book_id") REFERENCES "p_book" ("id")
);
ALTER TABLE "p_shelf" RENAME CONSTRAINT "p_shelf_book_id_fkey" TO "p_shelf_book";
ALTER TABLE "p_shelf" DROP COLUMN "book_id";
-- downgrade
DROP TABLE "p_shelf";
