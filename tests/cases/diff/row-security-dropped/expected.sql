-- migrate: upgrade

ALTER TABLE "author" DISABLE ROW LEVEL SECURITY;
DROP POLICY "own" ON "author";

-- migrate: downgrade

CREATE POLICY own ON author USING (name = current_user);
ALTER TABLE "author" ENABLE ROW LEVEL SECURITY;
