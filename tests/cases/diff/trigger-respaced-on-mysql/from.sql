-- engines: mysql: a trigger holds statements there
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, seen INTEGER);
CREATE TRIGGER item_seen BEFORE INSERT ON item FOR EACH ROW SET NEW.seen = 1;
