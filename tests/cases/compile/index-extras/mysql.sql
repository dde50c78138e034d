-- upgrade
CREATE INDEX "ix_file_covering" ON "file" ("size");
CREATE INDEX "ix_file_sorted" ON "file" ("note" DESC);
CREATE INDEX "ix_file_hashed" ON "file" ("note") USING BTREE;
CREATE INDEX "ix_file_start" ON "file" ("note"(10));
-- downgrade
DROP INDEX "ix_file_start" ON "file";
DROP INDEX "ix_file_hashed" ON "file";
DROP INDEX "ix_file_sorted" ON "file";
DROP INDEX "ix_file_covering" ON "file";
