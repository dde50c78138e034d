-- engines: postgresql
CREATE TABLE item (id SERIAL PRIMARY KEY);
