-- migrate: upgrade

CREATE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;

-- migrate: downgrade

DROP FUNCTION "longest";
