-- engines: postgresql: only there a database holds schemas
CREATE TABLE item (id INTEGER PRIMARY KEY);
