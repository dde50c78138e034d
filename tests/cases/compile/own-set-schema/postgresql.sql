-- upgrade
CREATE TABLE "moved" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE SCHEMA "apart";
ALTER TABLE moved SET SCHEMA apart;
-- downgrade
DROP SCHEMA "apart" CASCADE;
