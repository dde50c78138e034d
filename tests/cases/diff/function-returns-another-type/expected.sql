-- migrate: upgrade

DROP FUNCTION "longest";
CREATE OR REPLACE FUNCTION longest() RETURNS bigint LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;

-- migrate: downgrade

DROP FUNCTION "longest";
CREATE OR REPLACE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
