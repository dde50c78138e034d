-- upgrade
CREATE VIEW "steps" AS WITH big AS (SELECT id FROM file WHERE size > 10), few AS (SELECT 1 AS one)
    SELECT big.id, few.one FROM big, few;
-- downgrade
DROP VIEW "steps";
