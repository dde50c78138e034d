CREATE TABLE seat (
    number INTEGER PRIMARY KEY,
    hall INTEGER NOT NULL,
    UNIQUE (hall, number)
);
