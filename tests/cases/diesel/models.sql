CREATE TYPE mood AS ENUM ('sad', 'good');
CREATE TABLE "{prefix}owner" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mail VARCHAR(100) NOT NULL UNIQUE,
    feels mood
);
CREATE TABLE "{prefix}fileExt" (
    id BIGINT PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES "{prefix}owner" (id),
    "type" TEXT,
    small SMALLINT,
    is_on BOOLEAN NOT NULL,
    made TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    day DATE,
    hour TIME,
    price NUMERIC(10, 2),
    weight REAL,
    share DOUBLE PRECISION,
    raw BLOB,
    facts JSON,
    token UUID,
    code CHAR(3)
);
CREATE TABLE "{prefix}pair" (
    a INTEGER,
    b INTEGER,
    PRIMARY KEY (a, b)
);
