-- engines: sqlite: a trigger holds statements there
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, seen INTEGER);
CREATE TRIGGER item_seen AFTER INSERT ON item
BEGIN
    -- every row is seen once
    UPDATE item SET seen = 1 WHERE id = NEW.id;
END;
