-- migrate: upgrade

CREATE FUNCTION dice() RETURNS integer LANGUAGE sql AS $$ SELECT 4 $$;

CREATE TABLE game (
    id INTEGER PRIMARY KEY,
    thrown INTEGER DEFAULT dice()
);

-- migrate: downgrade

DROP TABLE game;
DROP FUNCTION "dice";
