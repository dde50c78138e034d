-- composite foreign key
--
-- Revision ID: ca5e00000209
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE seat (row_no INTEGER NOT NULL, seat_no INTEGER NOT NULL, PRIMARY KEY (row_no, seat_no));
CREATE TABLE booking (id INTEGER PRIMARY KEY, row_no INTEGER, seat_no INTEGER);
INSERT INTO seat VALUES (1, 1), (1, 2);
INSERT INTO booking VALUES (1, 1, 2), (2, NULL, NULL);
ALTER TABLE booking ADD CONSTRAINT booked_seat FOREIGN KEY (row_no, seat_no) REFERENCES seat (row_no, seat_no) ON DELETE SET NULL ON UPDATE CASCADE;

-- migrate: downgrade

DROP TABLE booking;
DROP TABLE seat;
