-- trigger for each engine
--
-- Revision ID: ca5e00000220
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE log_line (id INTEGER PRIMARY KEY AUTOINCREMENT, line VARCHAR(50));

-- migrate: only sqlite
CREATE TRIGGER person_noted AFTER UPDATE ON person BEGIN
    INSERT INTO log_line (line) VALUES ('changed; ' || new.name);
END;

-- migrate: only mysql
CREATE TRIGGER person_noted AFTER UPDATE ON person FOR EACH ROW BEGIN
    INSERT INTO log_line (line) VALUES (concat('changed; ', new.name));
END;

-- migrate: only postgresql
CREATE FUNCTION note_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log_line (line) VALUES ('changed; ' || new.name);
    RETURN new;
END;
$$;

-- migrate: only postgresql
CREATE TRIGGER person_noted AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION note_person();

ALTER TABLE person ALTER COLUMN name TYPE VARCHAR(60);
UPDATE person SET name = 'eve' WHERE id = 2;

-- migrate: downgrade

ALTER TABLE person ALTER COLUMN name TYPE VARCHAR(50);

-- migrate: only postgresql
DROP TRIGGER person_noted ON person;

-- migrate: only postgresql
DROP FUNCTION note_person();

-- migrate: only sqlite, mysql
DROP TRIGGER person_noted;

DROP TABLE log_line;
