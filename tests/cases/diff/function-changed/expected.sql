-- migrate: upgrade

CREATE OR REPLACE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT min(length(name)) FROM author $$;

-- migrate: downgrade

CREATE OR REPLACE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
