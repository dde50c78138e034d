-- upgrade
CREATE VIEW "notes" AS SELECT id, note FROM file;
ALTER TABLE "file" MODIFY COLUMN "name" VARCHAR(50) NOT NULL DEFAULT 'newer';
ALTER TABLE "file" ADD CONSTRAINT "file_note_check" CHECK (note <> '');
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_note_check";
ALTER TABLE "file" MODIFY COLUMN "name" VARCHAR(50) NOT NULL DEFAULT 'new';
DROP VIEW "notes";
