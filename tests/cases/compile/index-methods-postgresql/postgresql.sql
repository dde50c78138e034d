-- upgrade
CREATE INDEX "ix_file_gin" ON "file" USING gin ((to_tsvector('simple', note)));
-- downgrade
DROP INDEX "ix_file_gin";
