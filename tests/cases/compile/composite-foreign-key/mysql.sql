-- upgrade
CREATE TABLE "seat" (
    "row_no" INTEGER NOT NULL,
    "seat_no" INTEGER NOT NULL,
    PRIMARY KEY ("row_no", "seat_no")
);
CREATE TABLE "booking" (
    "id" INTEGER NOT NULL,
    "row_no" INTEGER NULL,
    "seat_no" INTEGER NULL,
    PRIMARY KEY ("id")
);
INSERT INTO seat VALUES (1, 1), (1, 2);
INSERT INTO booking VALUES (1, 1, 2), (2, NULL, NULL);
ALTER TABLE "booking" ADD CONSTRAINT "booked_seat" FOREIGN KEY ("row_no", "seat_no") REFERENCES "seat" ("row_no", "seat_no") ON UPDATE CASCADE ON DELETE SET NULL;
-- downgrade
DROP TABLE "booking";
DROP TABLE "seat";
