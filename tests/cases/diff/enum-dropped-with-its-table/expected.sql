-- migrate: upgrade

DROP TABLE person;
DROP TYPE mood;

-- migrate: downgrade

CREATE TYPE mood AS ENUM ('sad', 'happy');

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    now mood
);
