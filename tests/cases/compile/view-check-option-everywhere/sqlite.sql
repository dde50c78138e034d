-- upgrade
-- error: revision `ca5e00000308` cannot create view `small`
-- caused by: sqlite cannot check what is written through view `small`
-- hint: nothing can be written through a view here: write WITH CHECK OPTION under `-- migrate: only postgresql, mysql`
-- downgrade
DROP VIEW "small";
