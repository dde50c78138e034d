-- The database of frontend as its newest revision leaves it. {prefix} is tables_prefix and an
-- underscore. A change starts here; the revision that brings databases to it follows.

CREATE TABLE "{prefix}file" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 VARCHAR(64),
    sha1 VARCHAR(40),
    md5 VARCHAR(32),
    timestamp_first_scan NUMERIC NOT NULL,
    timestamp_last_scan NUMERIC NOT NULL,
    size BIGINT NOT NULL,
    path VARCHAR(255),
    mimetype VARCHAR,
    CONSTRAINT u_file_sha256 UNIQUE (sha256)
);
CREATE INDEX "ix_{prefix}file_md5" ON "{prefix}file" (md5);
CREATE INDEX "ix_{prefix}file_sha1" ON "{prefix}file" (sha1);
CREATE INDEX "ix_{prefix}file_sha256" ON "{prefix}file" (sha256);
-- migrate: only sqlite, postgresql
CREATE INDEX "ix_{prefix}file_ts_pathnotnull" ON "{prefix}file" (timestamp_last_scan)
    WHERE path IS NOT NULL;
-- migrate: only mysql
CREATE INDEX "ix_{prefix}file_ts_pathnotnull" ON "{prefix}file" (timestamp_last_scan);

CREATE TABLE "{prefix}scan" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id VARCHAR(36) NOT NULL,
    "date" INTEGER NOT NULL,
    ip VARCHAR,
    "force" BOOLEAN,
    mimetype_filtering BOOLEAN,
    probelist VARCHAR,
    resubmit_files BOOLEAN
);
CREATE INDEX "ix_{prefix}scan_external_id" ON "{prefix}scan" (external_id);

CREATE TABLE "{prefix}scanEvents" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    status INTEGER NOT NULL,
    "timestamp" NUMERIC NOT NULL,
    id_scan INTEGER NOT NULL REFERENCES "{prefix}scan" (id)
);
CREATE INDEX "ix_{prefix}scanEvents_id_scan" ON "{prefix}scanEvents" (id_scan);

-- What every submitted file has in common; one of the tables below holds what its submitter adds.
CREATE TABLE "{prefix}fileExt" (
    id SERIAL PRIMARY KEY,
    id_file INTEGER NOT NULL REFERENCES "{prefix}file" (id),
    name VARCHAR(255),
    id_scan INTEGER REFERENCES "{prefix}scan" (id),
    external_id VARCHAR(36) NOT NULL UNIQUE,
    id_parent INTEGER REFERENCES "{prefix}file" (id),
    submitter VARCHAR(50),
    depth INTEGER
);
CREATE INDEX "ix_{prefix}fileExt_external_id" ON "{prefix}fileExt" (external_id);
CREATE INDEX "ix_{prefix}fileExt_id_file" ON "{prefix}fileExt" (id_file);
CREATE INDEX "ix_{prefix}fileExt_id_scan" ON "{prefix}fileExt" (id_scan);

CREATE TABLE "{prefix}fileWeb" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id)
);

CREATE TABLE "{prefix}fileCli" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    path VARCHAR(255)
);

CREATE TABLE "{prefix}fileKiosk" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    path VARCHAR(255),
    submitter_id VARCHAR(255)
);

CREATE TABLE "{prefix}fileSuricata" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    context JSONB
);

CREATE TABLE "{prefix}probeResult" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type VARCHAR,
    name VARCHAR NOT NULL,
    status INTEGER,
    id_file INTEGER REFERENCES "{prefix}file" (id),
    doc JSONB
);
CREATE INDEX "ix_{prefix}probeResult_id_file" ON "{prefix}probeResult" (id_file);

CREATE TABLE "{prefix}fileProbeResult" (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES "{prefix}fileExt" (id),
    id_probe_parent INTEGER NOT NULL REFERENCES "{prefix}probeResult" (id)
);

CREATE TABLE "{prefix}probeResult_fileExt" (
    id_fe INTEGER REFERENCES "{prefix}fileExt" (id),
    id_pr INTEGER REFERENCES "{prefix}probeResult" (id)
);
CREATE INDEX "ix_{prefix}probeResult_fileExt_id_fe" ON "{prefix}probeResult_fileExt" (id_fe);

CREATE TABLE "{prefix}tag" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    "text" VARCHAR NOT NULL
);

CREATE TABLE "{prefix}tag_file" (
    id_tag INTEGER REFERENCES "{prefix}tag" (id),
    id_file INTEGER REFERENCES "{prefix}file" (id),
    CONSTRAINT u_tag_file UNIQUE (id_tag, id_file)
);
