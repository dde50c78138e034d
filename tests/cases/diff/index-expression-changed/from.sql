-- engines: postgresql, sqlite: MariaDB has no indexes on expressions
CREATE TABLE item (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX item_a ON item (lower(a));
