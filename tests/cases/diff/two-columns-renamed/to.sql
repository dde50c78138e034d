CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    -- renamed from first
    given_name TEXT,
    -- renamed from last
    family_name TEXT
);
