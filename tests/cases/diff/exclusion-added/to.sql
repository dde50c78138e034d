-- engines: postgresql: only it has exclusion constraints
CREATE TABLE booking (id INTEGER PRIMARY KEY, room int4range);
ALTER TABLE booking ADD CONSTRAINT once EXCLUDE USING gist (room WITH &&);
