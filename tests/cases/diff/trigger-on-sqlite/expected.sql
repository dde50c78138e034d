-- migrate: upgrade

DROP TRIGGER "noted";
CREATE TRIGGER noted AFTER INSERT ON author BEGIN UPDATE author SET name = 'y'; END;

-- migrate: downgrade

DROP TRIGGER "noted";
CREATE TRIGGER noted AFTER INSERT ON author BEGIN UPDATE author SET name = 'x'; END;
