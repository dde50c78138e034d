-- The database of brain as its newest revision leaves it. {prefix} is tables_prefix and an
-- underscore. A change starts here; the revision that brings databases to it follows.

CREATE TABLE "{prefix}user" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    rmqvhost VARCHAR NOT NULL,
    ftpuser VARCHAR NOT NULL
);
CREATE INDEX "ix_{prefix}user_rmqvhost" ON "{prefix}user" (rmqvhost);

CREATE TABLE "{prefix}scan" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scan_id VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    "timestamp" FLOAT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES "{prefix}user" (id)
);
CREATE INDEX "ix_{prefix}scan_scan_id" ON "{prefix}scan" (scan_id);
CREATE INDEX "ix_{prefix}scan_user_id" ON "{prefix}scan" (user_id);

CREATE TABLE "{prefix}job" (
    task_id VARCHAR NOT NULL PRIMARY KEY,
    scan_id INTEGER NOT NULL REFERENCES "{prefix}scan" (id),
    filename VARCHAR NOT NULL,
    probename VARCHAR NOT NULL
);
CREATE INDEX "ix_{prefix}job_scan_id" ON "{prefix}job" (scan_id);

CREATE TABLE "{prefix}probe" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    display_name VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    mimetype_regexp VARCHAR,
    online BOOLEAN
);
CREATE INDEX "ix_{prefix}probe_name" ON "{prefix}probe" (name);
CREATE INDEX "ix_{prefix}probe_display_name" ON "{prefix}probe" (display_name);
