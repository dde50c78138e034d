-- upgrade
CREATE INDEX "p_author_lower" ON "p_author" ((lower(name)));
-- downgrade
DROP INDEX "p_author_lower";
