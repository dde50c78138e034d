CREATE TABLE seat (
    -- renamed from number
    place INTEGER NOT NULL,
    hall INTEGER NOT NULL,
    UNIQUE (hall, place)
);
