-- version 2.0.0
--
-- Revision ID: 17cafa6e8016
-- Revises: 56608def7269
-- Create Date: 2017-07-07 08:28:33.876751

-- migrate: upgrade

ALTER TABLE "{prefix}fileWeb" RENAME TO "{prefix}fileExt";
ALTER TABLE "{prefix}probeResult_fileWeb" RENAME TO "{prefix}probeResult_fileExt";

-- PostgreSQL keeps these names in one list for the whole schema, and the new fileWeb claims them.
-- migrate: only postgresql
ALTER SEQUENCE "{prefix}fileWeb_id_seq" RENAME TO "{prefix}fileExt_id_seq";
-- migrate: only postgresql
ALTER INDEX "{prefix}fileWeb_pkey" RENAME TO "{prefix}fileExt_pkey";
-- migrate: only postgresql
ALTER INDEX "{prefix}fileWeb_external_id_key" RENAME TO "{prefix}fileExt_external_id_key";

ALTER TABLE "{prefix}fileExt" ADD COLUMN submitter VARCHAR(50);
DROP INDEX "ix_{prefix}fileWeb_external_id" ON "{prefix}fileExt";
-- The indexes that MySQL made for the foreign keys keep their names when the keys go.
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileWeb_external_id_key";
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}fileExt" ADD CONSTRAINT "{prefix}fileExt_external_id_key" UNIQUE (external_id);
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileWeb_id_file_fkey";
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileWeb_id_parent_fkey";
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileWeb_id_scan_fkey";
-- migrate: only mysql
DROP INDEX "{prefix}fileWeb_id_file_fkey" ON "{prefix}fileExt";
-- migrate: only mysql
DROP INDEX "{prefix}fileWeb_id_parent_fkey" ON "{prefix}fileExt";
-- migrate: only mysql
DROP INDEX "{prefix}fileWeb_id_scan_fkey" ON "{prefix}fileExt";
ALTER TABLE "{prefix}fileExt" ALTER COLUMN id_scan DROP NOT NULL;
ALTER TABLE "{prefix}fileExt" ALTER COLUMN name DROP NOT NULL;
ALTER TABLE "{prefix}fileExt" ADD FOREIGN KEY (id_file) REFERENCES "{prefix}file" (id);
ALTER TABLE "{prefix}fileExt" ADD FOREIGN KEY (id_parent) REFERENCES "{prefix}file" (id);
ALTER TABLE "{prefix}fileExt" ADD FOREIGN KEY (id_scan) REFERENCES "{prefix}scan" (id);
CREATE INDEX "ix_{prefix}fileExt_external_id" ON "{prefix}fileExt" (external_id);

ALTER TABLE "{prefix}probeResult_fileExt" DROP CONSTRAINT "{prefix}probeResult_fileWeb_id_fw_fkey";
ALTER TABLE "{prefix}probeResult_fileExt" DROP CONSTRAINT "{prefix}probeResult_fileWeb_id_pr_fkey";
-- migrate: only mysql
DROP INDEX "{prefix}probeResult_fileWeb_id_fw_fkey" ON "{prefix}probeResult_fileExt";
-- migrate: only mysql
DROP INDEX "{prefix}probeResult_fileWeb_id_pr_fkey" ON "{prefix}probeResult_fileExt";
ALTER TABLE "{prefix}probeResult_fileExt" RENAME COLUMN id_fw TO id_fe;
ALTER TABLE "{prefix}probeResult_fileExt"
    ADD FOREIGN KEY (id_fe) REFERENCES "{prefix}fileExt" (id);
ALTER TABLE "{prefix}probeResult_fileExt"
    ADD FOREIGN KEY (id_pr) REFERENCES "{prefix}probeResult" (id);

CREATE TABLE "{prefix}fileWeb" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id)
);
CREATE TABLE "{prefix}fileCli" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    path VARCHAR(255)
);
CREATE TABLE "{prefix}fileProbeResult" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    id_probe_parent INTEGER NOT NULL REFERENCES "{prefix}probeResult" (id)
);
CREATE TABLE "{prefix}fileSuricata" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    context JSONB
);

-- A file with a path came from the command line, any other from the web. Lengths are compared,
-- because to MySQL a path of blanks equals an empty one.
INSERT INTO "{prefix}fileCli" (id, path)
SELECT id, path FROM "{prefix}fileExt" WHERE LENGTH(path) > 0;
INSERT INTO "{prefix}fileWeb" (id)
SELECT id FROM "{prefix}fileExt" WHERE path IS NULL OR LENGTH(path) = 0;
UPDATE "{prefix}fileExt" SET submitter = CASE WHEN LENGTH(path) > 0 THEN 'cli' ELSE 'webui' END;

ALTER TABLE "{prefix}fileExt" DROP COLUMN path;

-- migrate: downgrade

ALTER TABLE "{prefix}fileExt" ADD COLUMN path VARCHAR(255);
UPDATE "{prefix}fileExt" SET path = (
    SELECT cli.path FROM "{prefix}fileCli" AS cli WHERE cli.id = "{prefix}fileExt".id
);

-- What the older schema cannot leave open: a file without a name gets an empty one, and files
-- without a scan are gathered under one scan of their own, so that none is lost.
UPDATE "{prefix}fileExt" SET name = '' WHERE name IS NULL;
INSERT INTO "{prefix}scan" (external_id, "date")
SELECT DISTINCT '00000000-0000-0000-0000-000000000000', 0 FROM "{prefix}fileExt"
WHERE id_scan IS NULL AND NOT EXISTS (
    SELECT 1 FROM "{prefix}scan" WHERE external_id = '00000000-0000-0000-0000-000000000000'
);
UPDATE "{prefix}fileExt" SET id_scan = (
    SELECT MIN(scan.id) FROM "{prefix}scan" AS scan
    WHERE scan.external_id = '00000000-0000-0000-0000-000000000000'
) WHERE id_scan IS NULL;

DROP TABLE "{prefix}fileSuricata";
DROP TABLE "{prefix}fileProbeResult";
DROP TABLE "{prefix}fileCli";
DROP TABLE "{prefix}fileWeb";

ALTER TABLE "{prefix}probeResult_fileExt" RENAME TO "{prefix}probeResult_fileWeb";
ALTER TABLE "{prefix}fileExt" RENAME TO "{prefix}fileWeb";

-- migrate: only postgresql
ALTER SEQUENCE "{prefix}fileExt_id_seq" RENAME TO "{prefix}fileWeb_id_seq";
-- migrate: only postgresql
ALTER INDEX "{prefix}fileExt_pkey" RENAME TO "{prefix}fileWeb_pkey";
-- migrate: only postgresql
ALTER INDEX "{prefix}fileExt_external_id_key" RENAME TO "{prefix}fileWeb_external_id_key";

DROP INDEX "ix_{prefix}fileExt_external_id" ON "{prefix}fileWeb";
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileExt_external_id_key";
-- migrate: only sqlite, mysql
ALTER TABLE "{prefix}fileWeb" ADD CONSTRAINT "{prefix}fileWeb_external_id_key" UNIQUE (external_id);
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileExt_id_file_fkey";
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileExt_id_parent_fkey";
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileExt_id_scan_fkey";
-- migrate: only mysql
DROP INDEX "{prefix}fileExt_id_file_fkey" ON "{prefix}fileWeb";
-- migrate: only mysql
DROP INDEX "{prefix}fileExt_id_parent_fkey" ON "{prefix}fileWeb";
-- migrate: only mysql
DROP INDEX "{prefix}fileExt_id_scan_fkey" ON "{prefix}fileWeb";
ALTER TABLE "{prefix}fileWeb" ALTER COLUMN id_scan SET NOT NULL;
ALTER TABLE "{prefix}fileWeb" ALTER COLUMN name SET NOT NULL;
ALTER TABLE "{prefix}fileWeb" ADD FOREIGN KEY (id_file) REFERENCES "{prefix}file" (id);
ALTER TABLE "{prefix}fileWeb" ADD FOREIGN KEY (id_parent) REFERENCES "{prefix}file" (id);
ALTER TABLE "{prefix}fileWeb" ADD FOREIGN KEY (id_scan) REFERENCES "{prefix}scan" (id);
ALTER TABLE "{prefix}fileWeb" DROP COLUMN submitter;
CREATE INDEX "ix_{prefix}fileWeb_external_id" ON "{prefix}fileWeb" (external_id);

ALTER TABLE "{prefix}probeResult_fileWeb" DROP CONSTRAINT "{prefix}probeResult_fileExt_id_fe_fkey";
ALTER TABLE "{prefix}probeResult_fileWeb" DROP CONSTRAINT "{prefix}probeResult_fileExt_id_pr_fkey";
-- migrate: only mysql
DROP INDEX "{prefix}probeResult_fileExt_id_fe_fkey" ON "{prefix}probeResult_fileWeb";
-- migrate: only mysql
DROP INDEX "{prefix}probeResult_fileExt_id_pr_fkey" ON "{prefix}probeResult_fileWeb";
ALTER TABLE "{prefix}probeResult_fileWeb" RENAME COLUMN id_fe TO id_fw;
ALTER TABLE "{prefix}probeResult_fileWeb"
    ADD FOREIGN KEY (id_fw) REFERENCES "{prefix}fileWeb" (id);
ALTER TABLE "{prefix}probeResult_fileWeb"
    ADD FOREIGN KEY (id_pr) REFERENCES "{prefix}probeResult" (id);
