-- renamed from writer
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    -- renamed from first
    given VARCHAR(40),
    name VARCHAR(40)
);
