-- upgrade
CREATE TYPE "p_state" AS ENUM ('new', 'done');
ALTER TABLE "p_book" ADD COLUMN "state" p_state DEFAULT 'new';
ALTER TYPE "p_state" ADD VALUE 'lost';
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "state";
DROP TYPE "p_state";
