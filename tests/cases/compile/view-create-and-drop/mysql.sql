-- upgrade
CREATE VIEW "p_titles" AS SELECT b.title, a.name -- who wrote it
    FROM p_book b JOIN p_author a ON a.id = b.author_id;
-- downgrade
DROP VIEW "p_titles";
