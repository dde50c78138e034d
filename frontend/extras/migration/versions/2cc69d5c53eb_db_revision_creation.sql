-- DB revision creation
--
-- Revision ID: 2cc69d5c53eb
-- Revises:
-- Create Date: 2015-05-20 13:54:25.433439

-- migrate: upgrade

CREATE TABLE "{prefix}file" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 VARCHAR(64),
    sha1 VARCHAR(40),
    md5 VARCHAR(32),
    timestamp_first_scan FLOAT(2) NOT NULL,
    timestamp_last_scan FLOAT(2) NOT NULL,
    size INTEGER,
    path VARCHAR(255)
);
CREATE INDEX "ix_{prefix}file_md5" ON "{prefix}file" (md5);
CREATE INDEX "ix_{prefix}file_sha1" ON "{prefix}file" (sha1);
CREATE INDEX "ix_{prefix}file_sha256" ON "{prefix}file" (sha256);

CREATE TABLE "{prefix}scan" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id VARCHAR(36) NOT NULL,
    "date" INTEGER NOT NULL,
    ip VARCHAR
);
CREATE INDEX "ix_{prefix}scan_external_id" ON "{prefix}scan" (external_id);

CREATE TABLE "{prefix}submission" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id VARCHAR(36) NOT NULL,
    os_name VARCHAR NOT NULL,
    username VARCHAR NOT NULL,
    ip VARCHAR NOT NULL,
    "date" INTEGER NOT NULL
);
CREATE INDEX "ix_{prefix}submission_external_id" ON "{prefix}submission" (external_id);

CREATE TABLE "{prefix}tag" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL
);

CREATE TABLE "{prefix}fileAgent" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_path VARCHAR(255) NOT NULL,
    id_file INTEGER NOT NULL REFERENCES "{prefix}file" (id),
    id_s INTEGER NOT NULL REFERENCES "{prefix}submission" (id)
);

CREATE TABLE "{prefix}fileWeb" (
    id SERIAL PRIMARY KEY,
    scan_file_idx INTEGER NOT NULL,
    id_file INTEGER NOT NULL REFERENCES "{prefix}file" (id),
    name VARCHAR(255) NOT NULL,
    id_scan INTEGER NOT NULL REFERENCES "{prefix}scan" (id),
    UNIQUE (id_scan, scan_file_idx)
);

CREATE TABLE "{prefix}probeResult" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type VARCHAR,
    name VARCHAR NOT NULL,
    nosql_id VARCHAR,
    status INTEGER,
    id_file INTEGER REFERENCES "{prefix}file" (id)
);

CREATE TABLE "{prefix}scanEvents" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    status INTEGER NOT NULL,
    "timestamp" FLOAT(2) NOT NULL,
    id_scan INTEGER NOT NULL REFERENCES "{prefix}scan" (id)
);
CREATE INDEX "ix_{prefix}scanEvents_id_scan" ON "{prefix}scanEvents" (id_scan);

CREATE TABLE "{prefix}tag_file" (
    id_tag INTEGER REFERENCES "{prefix}tag" (id),
    id_file INTEGER REFERENCES "{prefix}file" (id)
);

CREATE TABLE "{prefix}probeResult_fileWeb" (
    id_fw INTEGER REFERENCES "{prefix}fileWeb" (id),
    id_pr INTEGER REFERENCES "{prefix}probeResult" (id)
);

-- migrate: downgrade

DROP TABLE "{prefix}probeResult_fileWeb";
DROP TABLE "{prefix}tag_file";
DROP TABLE "{prefix}scanEvents";
DROP TABLE "{prefix}probeResult";
DROP TABLE "{prefix}fileWeb";
DROP TABLE "{prefix}fileAgent";
DROP TABLE "{prefix}tag";
DROP TABLE "{prefix}submission";
DROP TABLE "{prefix}scan";
DROP TABLE "{prefix}file";
