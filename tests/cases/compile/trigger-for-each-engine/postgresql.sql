-- upgrade
CREATE TABLE "log_line" (
    "id" SERIAL,
    "line" VARCHAR(50),
    PRIMARY KEY ("id")
);
CREATE FUNCTION note_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log_line (line) VALUES ('changed; ' || new.name);
    RETURN new;
END;
$$;
CREATE TRIGGER person_noted AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION note_person();
ALTER TABLE "person" ALTER COLUMN "name" TYPE VARCHAR(60);
UPDATE person SET name = 'eve' WHERE id = 2;
-- downgrade
ALTER TABLE "person" ALTER COLUMN "name" TYPE VARCHAR(50);
DROP TRIGGER person_noted ON person;
DROP FUNCTION note_person();
DROP TABLE "log_line";
