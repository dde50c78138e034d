CREATE TABLE alpha (a INTEGER, b TEXT);
CREATE INDEX ix ON alpha (a);
