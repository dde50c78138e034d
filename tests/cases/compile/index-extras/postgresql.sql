-- upgrade
CREATE INDEX "ix_file_covering" ON "file" ("size") INCLUDE ("note");
CREATE INDEX "ix_file_sorted" ON "file" ("note" DESC NULLS LAST);
CREATE INDEX "ix_file_hashed" ON "file" USING btree ("note");
CREATE INDEX "ix_file_start" ON "file" ("note");
-- downgrade
DROP INDEX "ix_file_start";
DROP INDEX "ix_file_hashed";
DROP INDEX "ix_file_sorted";
DROP INDEX "ix_file_covering";
