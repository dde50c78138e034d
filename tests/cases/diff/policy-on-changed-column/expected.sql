-- migrate: upgrade

DROP POLICY "own" ON "author";
ALTER TABLE author ALTER COLUMN name TYPE TEXT;
CREATE POLICY own ON author USING (name = current_user);

-- migrate: downgrade

DROP POLICY "own" ON "author";
ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(10);
CREATE POLICY own ON author USING (name = current_user);
