//! A disk without room, played by a small file system in memory: nothing is half-made.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "these tests fill a disk")]

use std::fs;

use migration_tests::command::{holds, said};
use migration_tests::disk::Disk;
use migration_tests::project::{self, Project};

/// A project whose directory `disk` is a file system of its own.
struct Site {
    disk: Disk,
    project: Project,
}

impl Site {
    /// None where this user may mount nothing.
    fn of(size: &str) -> Option<Self> {
        let project = Project::new();
        let disk = Disk::mount(
            &project.path().join("disk"),
            &format!("size={size},mode=0755"),
        )?;
        Some(Self { disk, project })
    }

    /// Everything on the disk, the filler left out.
    fn names(&self) -> Vec<String> {
        let found = self
            .project
            .shell("cd disk && find . ! -name filler ! -name . | sort");
        let text = String::from_utf8_lossy(&found.stdout).into_owned();
        text.lines().map(str::to_owned).collect()
    }

    #[track_caller]
    fn type_in(&self, line: &str, code: i32) -> String {
        let output = self.project.shell(line);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(code), "{line}: {text}");
        text
    }

    /// Two revisions, of which the second needs about four megabytes.
    fn revisions(&self) {
        let ini = "[sqldb]\ndbms = sqlite\ndbname = disk/app.db\n\
                   [migration]\nscript_location = %(here)s/m\n";
        self.project.write("migrate.ini", ini);
        let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                    WHERE i < 4000)\nINSERT INTO t (word) SELECT hex(randomblob(500)) FROM n;";
        let create = "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT);";
        for (id, revises, up) in [("aaaa", "", create), ("bbbb", "aaaa", rows)] {
            let text = project::revision(id, revises, up, "");
            self.project.write(&format!("m/versions/{id}.sql"), &text);
        }
    }
}

#[test]
fn an_upgrade_without_room_leaves_the_former_revision_and_goes_on_when_there_is_room() {
    for mode in ["delete", "wal"] {
        let Some(site) = Site::of("1m") else {
            return;
        };
        site.revisions();
        site.type_in("migrate upgrade aaaa", 0);
        let mode_now = site.type_in(
            &format!("sqlite3 disk/app.db 'PRAGMA journal_mode={mode}'"),
            0,
        );
        assert_eq!(mode_now, format!("{mode}\n"));
        let before = fs::read(site.disk.path("app.db")).expect("the database is there");
        let text = site.type_in("migrate upgrade head", 1);
        holds(
            &text,
            &[
                "caused by: no space left for the database: database or disk is full\n",
                "note: nothing was applied; the database is at aaaa\n",
                "hint: make room where the database and its journal are, then run this again\n",
            ],
        );
        assert!(
            before == fs::read(site.disk.path("app.db")).expect("the database is there"),
            "{mode}: the file is changed"
        );
        assert_eq!(site.names(), ["./app.db"], "{mode}");
        assert!(site.disk.resize("32m"));
        site.type_in("migrate upgrade head", 0);
        let check = "sqlite3 disk/app.db 'PRAGMA integrity_check; SELECT count(*) FROM t'";
        assert_eq!(site.type_in(check, 0), "ok\n4000\n");
    }
}

#[test]
fn a_backup_without_room_leaves_nothing_and_nothing_is_migrated() {
    let Some(site) = Site::of("7m") else {
        return;
    };
    site.revisions();
    site.type_in("migrate upgrade head", 0);
    let text = site.type_in("migrate downgrade -1 --backup", 1);
    holds(
        &text,
        &[
            "error: nothing is migrated without the backup that was asked for\n",
            "no space left for the database: database or disk is full\n",
            "the database is at bbbb\n",
            "hint: make room",
        ],
    );
    assert_eq!(site.names(), ["./app.db"]);
    site.type_in("migrate downgrade -1 --backup=elsewhere/", 0);
    let half = site.type_in("migrate restore elsewhere/*.db", 1);
    holds(&half, &["error: cannot write `", "hint: make room"]);
    holds(&site.type_in("migrate current", 0), &["aaaa"]);
}

#[test]
fn init_and_revision_without_room_leave_nothing() {
    let Some(site) = Site::of("64k") else {
        return;
    };
    site.disk.fill_but(0);
    for (line, code) in [
        ("cd disk && migrate init deep/migrations", 1),
        ("cd disk && migrate -c deep/conf.ini init migrations", 1),
    ] {
        let text = site.type_in(line, code);
        holds(
            &text,
            &["error: cannot write `", "No space left", "hint: make room"],
        );
        assert_eq!(site.names(), [""; 0], "{line}");
    }
    site.type_in("rm disk/filler && cd disk && migrate init migrations", 0);
    let before = site.names();
    site.disk.fill_but(0);
    let line = "cd disk && migrate revision -m word --rev-id 1";
    let text = site.type_in(line, 1);
    holds(&text, &["No space left", "hint: make room"]);
    assert_eq!(site.names(), before);
    site.type_in(&format!("rm disk/filler; {line}"), 0);
}
