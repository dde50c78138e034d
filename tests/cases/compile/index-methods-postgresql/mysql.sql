-- upgrade
-- error: revision `ca5e00000132` cannot create index `ix_file_gin` on `file`
-- caused by: mysql cannot create an index of kind GIN
-- hint: write it under `-- migrate: only postgresql`
-- downgrade
DROP INDEX "ix_file_gin" ON "file";
