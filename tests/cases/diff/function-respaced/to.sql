-- engines: postgresql: functions are written in its own language
CREATE FUNCTION twice(n INTEGER) RETURNS INTEGER LANGUAGE sql AS $$
    -- as much again
    SELECT n * 2
$$;
