-- engines: postgresql: constraints are renamed in place there alone
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER, CONSTRAINT pair UNIQUE (a, b));
