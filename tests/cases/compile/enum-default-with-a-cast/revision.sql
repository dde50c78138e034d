-- enum default with a cast
--
-- Revision ID: ca5e00000341
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE feeling (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad'::mood NOT NULL);
INSERT INTO feeling (id) VALUES (1);

-- migrate: downgrade

DROP TABLE feeling;
DROP TYPE mood;
