-- upgrade
DROP TYPE IF EXISTS "never_made";
CREATE TYPE "unused" AS ENUM ('a');
DROP TYPE "unused";
-- downgrade
