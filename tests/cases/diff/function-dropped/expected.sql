-- migrate: upgrade

DROP FUNCTION "twice"(integer);

-- migrate: downgrade

CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n * 2 $$;
