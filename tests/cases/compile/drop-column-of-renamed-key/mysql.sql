-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "book_id" INTEGER NULL,
    "room" INTEGER NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "p_shelf_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "p_book" ("id")
);
ALTER TABLE "p_shelf" DROP FOREIGN KEY "p_shelf_book_id_fkey";
ALTER TABLE "p_shelf" ADD CONSTRAINT "p_shelf_book" FOREIGN KEY ("book_id") REFERENCES "p_book" ("id");
ALTER TABLE "p_shelf" DROP FOREIGN KEY "p_shelf_book", DROP COLUMN "book_id";
-- downgrade
DROP TABLE "p_shelf";
