-- cyclic foreign keys
--
-- Revision ID: ca5e0000020a
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE team (id INTEGER PRIMARY KEY, lead_id INTEGER);
CREATE TABLE player (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES team (id));
ALTER TABLE team ADD CONSTRAINT team_lead FOREIGN KEY (lead_id) REFERENCES player (id);
INSERT INTO team VALUES (1, NULL);
INSERT INTO player VALUES (1, 1);
UPDATE team SET lead_id = 1;

-- migrate: downgrade

UPDATE team SET lead_id = NULL;
ALTER TABLE team DROP CONSTRAINT team_lead;
DROP TABLE player;
DROP TABLE team;
