-- version 2.0.5
--
-- Revision ID: 1ea7100d95d0
-- Revises: 17cafa6e8016
-- Create Date: 2018-01-17 16:07:54.181133

-- migrate: upgrade

CREATE INDEX "ix_{prefix}fileExt_id_file" ON "{prefix}fileExt" (id_file);
CREATE INDEX "ix_{prefix}fileExt_id_scan" ON "{prefix}fileExt" (id_scan);
CREATE INDEX "ix_{prefix}probeResult_id_file" ON "{prefix}probeResult" (id_file);
CREATE INDEX "ix_{prefix}probeResult_fileExt_id_fe" ON "{prefix}probeResult_fileExt" (id_fe);

-- MySQL has no partial indexes: there the index holds every row.
-- migrate: only sqlite, postgresql
CREATE INDEX "ix_{prefix}file_ts_pathnotnull" ON "{prefix}file" (timestamp_last_scan)
    WHERE path IS NOT NULL;
-- migrate: only mysql
CREATE INDEX "ix_{prefix}file_ts_pathnotnull" ON "{prefix}file" (timestamp_last_scan);

ALTER TABLE "{prefix}file" ADD CONSTRAINT u_file_sha256 UNIQUE (sha256);

-- migrate: downgrade

ALTER TABLE "{prefix}file" DROP CONSTRAINT u_file_sha256;
DROP INDEX "ix_{prefix}file_ts_pathnotnull" ON "{prefix}file";

-- On MySQL these indexes also serve the foreign keys, which therefore step aside and then get
-- indexes of their own again.
-- migrate: only mysql
ALTER TABLE "{prefix}probeResult_fileExt" DROP CONSTRAINT "{prefix}probeResult_fileExt_id_fe_fkey";
-- migrate: only mysql
ALTER TABLE "{prefix}probeResult" DROP CONSTRAINT "{prefix}probeResult_id_file_fkey";
-- migrate: only mysql
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileExt_id_scan_fkey";
-- migrate: only mysql
ALTER TABLE "{prefix}fileExt" DROP CONSTRAINT "{prefix}fileExt_id_file_fkey";
DROP INDEX "ix_{prefix}probeResult_fileExt_id_fe" ON "{prefix}probeResult_fileExt";
DROP INDEX "ix_{prefix}probeResult_id_file" ON "{prefix}probeResult";
DROP INDEX "ix_{prefix}fileExt_id_scan" ON "{prefix}fileExt";
DROP INDEX "ix_{prefix}fileExt_id_file" ON "{prefix}fileExt";
-- migrate: only mysql
ALTER TABLE "{prefix}probeResult_fileExt" ADD FOREIGN KEY (id_fe) REFERENCES "{prefix}fileExt" (id);
-- migrate: only mysql
ALTER TABLE "{prefix}probeResult" ADD FOREIGN KEY (id_file) REFERENCES "{prefix}file" (id);
-- migrate: only mysql
ALTER TABLE "{prefix}fileExt" ADD FOREIGN KEY (id_scan) REFERENCES "{prefix}scan" (id);
-- migrate: only mysql
ALTER TABLE "{prefix}fileExt" ADD FOREIGN KEY (id_file) REFERENCES "{prefix}file" (id);
