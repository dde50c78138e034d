-- engines: postgresql
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER, CONSTRAINT pair UNIQUE (a, b));
