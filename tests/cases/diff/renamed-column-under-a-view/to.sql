CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    -- renamed from name
    full_name TEXT
);
CREATE VIEW names AS SELECT full_name AS name FROM author;
