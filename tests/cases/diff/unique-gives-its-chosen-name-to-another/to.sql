-- engines: postgresql
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER, UNIQUE (a, b), CONSTRAINT pair UNIQUE (a, c));
