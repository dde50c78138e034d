-- engines: postgresql: SQLite and MySQL have no sequences
CREATE TABLE planet (id INTEGER PRIMARY KEY);
CREATE SEQUENCE numbers;
CREATE TABLE item (id INTEGER PRIMARY KEY, number BIGINT DEFAULT nextval('numbers'));
ALTER SEQUENCE numbers OWNED BY item.number;
