-- migrate: upgrade

ALTER TABLE "author" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON author USING (name = current_user);

-- migrate: downgrade

DROP POLICY "own" ON "author";
ALTER TABLE "author" DISABLE ROW LEVEL SECURITY;
