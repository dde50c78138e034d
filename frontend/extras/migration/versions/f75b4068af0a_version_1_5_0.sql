-- version 1.5.0
--
-- Revision ID: f75b4068af0a
-- Revises: eb7141efd75a
-- Create Date: 2017-07-05 14:34:45.988817

-- migrate: upgrade

DROP TABLE "{prefix}fileAgent";
DROP TABLE "{prefix}submission";

ALTER TABLE "{prefix}probeResult" ADD COLUMN doc JSONB;
ALTER TABLE "{prefix}probeResult" DROP COLUMN nosql_id;

ALTER TABLE "{prefix}tag_file" ADD CONSTRAINT u_tag_file UNIQUE (id_tag, id_file);

-- migrate: downgrade

-- On MySQL the index of the unique constraint also serves the foreign key of id_tag.
-- migrate: only mysql
ALTER TABLE "{prefix}tag_file" DROP CONSTRAINT "{prefix}tag_file_id_tag_fkey";
ALTER TABLE "{prefix}tag_file" DROP CONSTRAINT u_tag_file;
-- migrate: only mysql
ALTER TABLE "{prefix}tag_file" ADD FOREIGN KEY (id_tag) REFERENCES "{prefix}tag" (id);

ALTER TABLE "{prefix}probeResult" ADD COLUMN nosql_id VARCHAR;
ALTER TABLE "{prefix}probeResult" DROP COLUMN doc;

CREATE TABLE "{prefix}submission" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id VARCHAR(36) NOT NULL,
    os_name VARCHAR NOT NULL,
    username VARCHAR NOT NULL,
    ip VARCHAR NOT NULL,
    "date" INTEGER NOT NULL
);
CREATE INDEX "ix_{prefix}submission_external_id" ON "{prefix}submission" (external_id);

CREATE TABLE "{prefix}fileAgent" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_path VARCHAR(255) NOT NULL,
    id_file INTEGER NOT NULL REFERENCES "{prefix}file" (id),
    id_s INTEGER NOT NULL REFERENCES "{prefix}submission" (id)
);
