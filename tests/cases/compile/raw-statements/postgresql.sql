-- upgrade
INSERT INTO p_author (name) VALUES ('{prefix} stays; so does this');
UPDATE p_author SET name = 'Eve' WHERE name = 'Bob';
-- downgrade
UPDATE p_author SET name = 'Bob' WHERE name = 'Eve';
DELETE FROM p_author WHERE name LIKE '%stays%';
