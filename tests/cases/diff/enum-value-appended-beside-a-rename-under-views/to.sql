-- engines: postgresql: enumerated types have names there alone
CREATE TYPE mood AS ENUM ('sad', 'happy', 'glad');
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    -- renamed from name
    full_name TEXT,
    now mood
);
CREATE TABLE pet (id INTEGER PRIMARY KEY, now mood);
CREATE VIEW moods AS SELECT full_name AS name, now FROM person;
CREATE VIEW pets AS SELECT now FROM pet;
CREATE VIEW both_moods AS SELECT now FROM pets UNION ALL SELECT now FROM person;
