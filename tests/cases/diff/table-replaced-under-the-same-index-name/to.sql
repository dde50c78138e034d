CREATE TABLE omega (x BOOLEAN, y DATE);
CREATE INDEX ix ON omega (y);
