-- engines: postgresql: the default is a cast of its own
CREATE TABLE author (id INTEGER PRIMARY KEY, data JSONB DEFAULT '[]');
