CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT,
    -- renamed from age
    years INTEGER,
    mail VARCHAR(50)
);
CREATE VIEW names AS SELECT id, name FROM author;
