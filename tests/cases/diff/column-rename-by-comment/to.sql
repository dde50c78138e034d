CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    -- renamed from name
    full_name TEXT NOT NULL CHECK (full_name <> '')
);
CREATE INDEX author_names ON author (full_name);
