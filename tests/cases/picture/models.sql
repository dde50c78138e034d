CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(120) NOT NULL UNIQUE,
    boss_id INTEGER REFERENCES person (id)
);

CREATE TABLE passport (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    number VARCHAR(20) NOT NULL
);

CREATE TABLE "order & <more>" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    "the ""best"" day" DATE,
    amount NUMERIC(10, 2) NOT NULL,
    UNIQUE (person_id, "the ""best"" day")
);

CREATE TABLE item (
    order_id INTEGER NOT NULL REFERENCES "order & <more>" (id),
    place INTEGER NOT NULL,
    gift_for INTEGER REFERENCES person (id) ON DELETE SET NULL,
    PRIMARY KEY (order_id, place)
);

CREATE TABLE wrapping (
    order_id INTEGER,
    place INTEGER,
    paper VARCHAR(20) NOT NULL,
    FOREIGN KEY (order_id, place) REFERENCES item (order_id, place) ON DELETE CASCADE
);

CREATE TABLE setting (name VARCHAR(40) NOT NULL PRIMARY KEY, "值" TEXT);
