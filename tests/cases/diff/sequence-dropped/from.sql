-- engines: postgresql: SQLite and MySQL have no sequences
CREATE SEQUENCE numbers INCREMENT BY 5 START WITH 100;
CREATE TABLE item (id INTEGER PRIMARY KEY, number BIGINT DEFAULT nextval('numbers'));
