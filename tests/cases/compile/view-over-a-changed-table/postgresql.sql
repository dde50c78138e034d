-- upgrade
CREATE VIEW "notes" AS SELECT id, note FROM file;
ALTER TABLE "file" ALTER COLUMN "name" SET DEFAULT 'newer';
ALTER TABLE "file" ADD CONSTRAINT "file_note_check" CHECK (note <> '');
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_note_check";
ALTER TABLE "file" ALTER COLUMN "name" SET DEFAULT 'new';
DROP VIEW "notes";
