-- engines: postgresql
CREATE TABLE author (id INTEGER PRIMARY KEY, data JSONB DEFAULT '{}');
