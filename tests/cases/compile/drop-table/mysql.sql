-- upgrade
DROP TABLE "p_book";
-- downgrade
CREATE TABLE "p_book" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) NOT NULL DEFAULT 'untitled',
    "pages" INTEGER NULL,
    "price" DECIMAL(8, 2) NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0)
);
CREATE INDEX "p_book_title" ON "p_book" ("title");
