-- upgrade
CREATE TYPE pair AS (a INTEGER, b INTEGER);
-- downgrade
DROP TYPE "pair";
