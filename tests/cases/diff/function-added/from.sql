-- engines: postgresql: functions are written in its own language
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
