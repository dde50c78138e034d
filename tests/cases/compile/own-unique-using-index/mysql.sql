-- upgrade
-- error: revision `ca5e00000358` cannot run `ALTER TABLE file ADD CONSTRAINT file_size_once UNIQUE USING ...`
-- caused by: mysql cannot run ALTER TABLE ... USING INDEX
-- hint: write it under `-- migrate: only postgresql`
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_size_once";
