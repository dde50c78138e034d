-- version 1.3.0
--
-- Revision ID: eb7141efd75a
-- Revises: 430a70c8aa21
-- Create Date: 2016-01-06 13:38:46.918409

-- migrate: upgrade

ALTER TABLE "{prefix}file" ADD COLUMN mimetype VARCHAR;

ALTER TABLE "{prefix}fileWeb" ADD COLUMN external_id VARCHAR(36);
ALTER TABLE "{prefix}fileWeb" ADD COLUMN id_parent INTEGER;
ALTER TABLE "{prefix}fileWeb" ADD COLUMN path VARCHAR(255);

-- Every existing row gets a random UUID (version 4) of its own.
-- migrate: only postgresql
UPDATE "{prefix}fileWeb" SET external_id = CAST(gen_random_uuid() AS VARCHAR(36));
-- migrate: only sqlite
UPDATE "{prefix}fileWeb" SET external_id = lower(
    hex(randomblob(4)) || '-' || hex(randomblob(2))
    || '-4' || substr(hex(randomblob(2)), 2)
    || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2)
    || '-' || hex(randomblob(6)));
-- migrate: only mysql
UPDATE "{prefix}fileWeb" SET external_id = LOWER(CONCAT(
    HEX(RANDOM_BYTES(4)), '-', HEX(RANDOM_BYTES(2)),
    '-4', SUBSTR(HEX(RANDOM_BYTES(2)), 2),
    '-', SUBSTR('89AB', 1 + FLOOR(RAND() * 4), 1), SUBSTR(HEX(RANDOM_BYTES(2)), 2),
    '-', HEX(RANDOM_BYTES(6))));

-- On MySQL the index of the unique constraint also serves the foreign key of id_scan, which
-- therefore steps aside while the constraint goes.
-- migrate: only mysql
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileWeb_id_scan_fkey";
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileWeb_id_scan_scan_file_idx_key";
ALTER TABLE "{prefix}fileWeb" ALTER COLUMN external_id SET NOT NULL;
ALTER TABLE "{prefix}fileWeb" ADD UNIQUE (external_id);
ALTER TABLE "{prefix}fileWeb" ADD FOREIGN KEY (id_parent) REFERENCES "{prefix}file" (id);
-- migrate: only mysql
ALTER TABLE "{prefix}fileWeb" ADD FOREIGN KEY (id_scan) REFERENCES "{prefix}scan" (id);
ALTER TABLE "{prefix}fileWeb" DROP COLUMN scan_file_idx;
CREATE INDEX "ix_{prefix}fileWeb_external_id" ON "{prefix}fileWeb" (external_id);

ALTER TABLE "{prefix}scan" ADD COLUMN "force" BOOLEAN;
ALTER TABLE "{prefix}scan" ADD COLUMN mimetype_filtering BOOLEAN;
ALTER TABLE "{prefix}scan" ADD COLUMN probelist VARCHAR;
ALTER TABLE "{prefix}scan" ADD COLUMN resubmit_files BOOLEAN;

-- The name is the text from here on: renamed, not dropped and added, so that tags keep theirs.
ALTER TABLE "{prefix}tag" RENAME COLUMN name TO "text";

-- migrate: downgrade

ALTER TABLE "{prefix}tag" RENAME COLUMN "text" TO name;

ALTER TABLE "{prefix}scan" DROP COLUMN resubmit_files;
ALTER TABLE "{prefix}scan" DROP COLUMN probelist;
ALTER TABLE "{prefix}scan" DROP COLUMN mimetype_filtering;
ALTER TABLE "{prefix}scan" DROP COLUMN "force";

-- The files of each scan are numbered from 0 in the order of their rows.
ALTER TABLE "{prefix}fileWeb" ADD COLUMN scan_file_idx INTEGER;
-- migrate: only sqlite, postgresql
UPDATE "{prefix}fileWeb" SET scan_file_idx = numbered.idx
FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY id_scan ORDER BY id) - 1 AS idx
    FROM "{prefix}fileWeb"
) AS numbered
WHERE numbered.id = "{prefix}fileWeb".id;
-- migrate: only mysql
UPDATE "{prefix}fileWeb" JOIN (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY id_scan ORDER BY id) - 1 AS idx
    FROM "{prefix}fileWeb"
) AS numbered ON numbered.id = "{prefix}fileWeb".id
SET "{prefix}fileWeb".scan_file_idx = numbered.idx;

DROP INDEX "ix_{prefix}fileWeb_external_id" ON "{prefix}fileWeb";
ALTER TABLE "{prefix}fileWeb" ALTER COLUMN scan_file_idx SET NOT NULL;
ALTER TABLE "{prefix}fileWeb" ADD UNIQUE (id_scan, scan_file_idx);
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileWeb_id_parent_fkey";
ALTER TABLE "{prefix}fileWeb" DROP CONSTRAINT "{prefix}fileWeb_external_id_key";
ALTER TABLE "{prefix}fileWeb" DROP COLUMN path;
ALTER TABLE "{prefix}fileWeb" DROP COLUMN id_parent;
ALTER TABLE "{prefix}fileWeb" DROP COLUMN external_id;

ALTER TABLE "{prefix}file" DROP COLUMN mimetype;
