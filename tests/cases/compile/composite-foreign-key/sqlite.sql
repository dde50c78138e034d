-- upgrade
CREATE TABLE "seat" (
    "row_no" INTEGER NOT NULL,
    "seat_no" INTEGER NOT NULL,
    PRIMARY KEY ("row_no", "seat_no")
);
CREATE TABLE "booking" (
    "id" INTEGER,
    "row_no" INTEGER,
    "seat_no" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO seat VALUES (1, 1), (1, 2);
INSERT INTO booking VALUES (1, 1, 2), (2, NULL, NULL);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "booking" (
    "id" INTEGER,
    "row_no" INTEGER,
    "seat_no" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "booked_seat" FOREIGN KEY ("row_no", "seat_no") REFERENCES "seat" ("row_no", "seat_no") ON UPDATE CASCADE ON DELETE SET NULL
)'
WHERE type = 'table' AND name = 'booking';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_booking" ("x");
DROP TABLE "_migrate_new_booking";
SELECT count(*), group_concat("rowid", ', ') FROM pragma_foreign_key_check('booking') WHERE fkid = 0;
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('booking') WHERE quick_check <> 'ok';
-- downgrade
DROP TABLE "booking";
DROP TABLE "seat";
