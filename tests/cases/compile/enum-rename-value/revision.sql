-- enum rename value
--
-- Revision ID: ca5e00000334
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE feeling (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad' NOT NULL, earlier mood);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
INSERT INTO feeling (id, earlier) VALUES (3, 'blue');
UPDATE feeling SET earlier = now WHERE now = 'blue';

-- migrate: downgrade

ALTER TYPE mood RENAME VALUE 'blue' TO 'sad';
DROP TABLE feeling;
DROP TYPE mood;
