-- engines: postgresql: only it has exclusion constraints
CREATE TABLE booking (id INTEGER PRIMARY KEY, room int4range);
