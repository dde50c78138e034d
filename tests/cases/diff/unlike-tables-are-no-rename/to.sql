CREATE TABLE invoice (number TEXT PRIMARY KEY, amount NUMERIC(10, 2), paid BOOLEAN);
