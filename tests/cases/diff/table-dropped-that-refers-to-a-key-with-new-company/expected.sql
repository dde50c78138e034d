-- migrate: upgrade

DROP TABLE seat;
ALTER TABLE hall ADD PRIMARY KEY (code);

-- migrate: downgrade

ALTER TABLE hall DROP PRIMARY KEY;

CREATE TABLE seat (
    id INTEGER PRIMARY KEY,
    hall INTEGER REFERENCES hall (code)
);
