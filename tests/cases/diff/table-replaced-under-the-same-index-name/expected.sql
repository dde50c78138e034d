-- migrate: upgrade

DROP TABLE alpha;

CREATE TABLE omega (
    x BOOLEAN,
    y DATE
);

CREATE INDEX ix ON omega (y);

-- migrate: downgrade

DROP TABLE omega;

CREATE TABLE alpha (
    a INTEGER,
    b TEXT
);

CREATE INDEX ix ON alpha (a);
