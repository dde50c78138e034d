CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    -- renamed from name
    full_name TEXT
);
