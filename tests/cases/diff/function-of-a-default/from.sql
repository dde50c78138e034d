-- engines: postgresql: functions are written in its own language
CREATE TABLE planet (id INTEGER PRIMARY KEY);
