-- engines: sqlite: a trigger holds statements there
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER noted AFTER INSERT ON author BEGIN UPDATE author SET name = 'y'; END;
