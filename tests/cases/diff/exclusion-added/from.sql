-- engines: postgresql
CREATE TABLE booking (id INTEGER PRIMARY KEY, room int4range);
