-- upgrade
CREATE TABLE booked (id INTEGER PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));
-- downgrade
DROP TABLE "booked";
