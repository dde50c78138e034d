-- upgrade
DROP TABLE "p_book";
-- downgrade
CREATE TABLE "p_book" (
    "id" SERIAL,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    PRIMARY KEY ("id"),
    FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0)
);
CREATE INDEX "p_book_title" ON "p_book" ("title");
