//! A disk without room, played by a small file system in memory: nothing is half-made.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "these tests fill a disk")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use migration_tests::command::said;
use migration_tests::project::Project;

/// A project whose directory `disk` is a file system of its own.
struct Disk {
    project: Project,
}

impl Disk {
    /// None, aloud, where this user may mount nothing.
    fn of(size: &str) -> Option<Self> {
        let disk = Self {
            project: Project::new(),
        };
        fs::create_dir(disk.path("")).expect("the project can be written");
        if disk.mount(&format!("size={size},mode=0755")) {
            return Some(disk);
        }
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: a small file system needs the right to mount"
        );
        None
    }

    fn mount(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        let output = mount.arg(self.path("")).output();
        output.is_ok_and(|output| output.status.success())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.project.path().join("disk").join(name)
    }

    /// Leaves no block free.
    fn fill(&self) {
        let mut file = fs::File::create(self.path("filler")).expect("a file needs no block");
        while file.write_all(&[b'x'; 4096]).is_ok() {}
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
            let text = format!(
                "-- {id}\n--\n-- Revision ID: {id}\n-- Revises: {revises}\n\n\
                 -- migrate: upgrade\n\n{up}\n\n-- migrate: downgrade\n"
            );
            self.project.write(&format!("m/versions/{id}.sql"), &text);
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path("")).output();
    }
}

#[track_caller]
fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn an_upgrade_without_room_leaves_the_former_revision_and_goes_on_when_there_is_room() {
    for mode in ["delete", "wal"] {
        let Some(disk) = Disk::of("1m") else {
            return;
        };
        disk.revisions();
        disk.type_in("migrate upgrade aaaa", 0);
        let mode_now = disk.type_in(
            &format!("sqlite3 disk/app.db 'PRAGMA journal_mode={mode}'"),
            0,
        );
        assert_eq!(mode_now, format!("{mode}\n"));
        let before = fs::read(disk.path("app.db")).expect("the database is there");
        let text = disk.type_in("migrate upgrade head", 1);
        contains(
            &text,
            &[
                "caused by: no space left for the database: database or disk is full\n",
                "note: nothing was applied; the database is at aaaa\n",
                "hint: make room where the database and its journal are, then run this again\n",
            ],
        );
        assert!(
            before == fs::read(disk.path("app.db")).expect("the database is there"),
            "{mode}: the file is changed"
        );
        assert_eq!(disk.names(), ["./app.db"], "{mode}");
        assert!(disk.mount("remount,size=32m"));
        disk.type_in("migrate upgrade head", 0);
        let check = "sqlite3 disk/app.db 'PRAGMA integrity_check; SELECT count(*) FROM t'";
        assert_eq!(disk.type_in(check, 0), "ok\n4000\n");
    }
}

#[test]
fn a_backup_without_room_leaves_nothing_and_nothing_is_migrated() {
    let Some(disk) = Disk::of("7m") else {
        return;
    };
    disk.revisions();
    disk.type_in("migrate upgrade head", 0);
    let text = disk.type_in("migrate downgrade -1 --backup", 1);
    contains(
        &text,
        &[
            "error: nothing is migrated without the backup that was asked for\n",
            "no space left for the database: database or disk is full\n",
            "the database is at bbbb\n",
            "hint: make room",
        ],
    );
    assert_eq!(disk.names(), ["./app.db"]);
    disk.type_in("migrate downgrade -1 --backup=elsewhere/", 0);
    let half = disk.type_in("migrate restore elsewhere/*.db", 1);
    contains(&half, &["error: cannot write `", "hint: make room"]);
    contains(&disk.type_in("migrate current", 0), &["aaaa"]);
}

#[test]
fn init_and_revision_without_room_leave_nothing() {
    let Some(disk) = Disk::of("64k") else {
        return;
    };
    disk.fill();
    for (line, code) in [
        ("cd disk && migrate init deep/migrations", 1),
        ("cd disk && migrate -c deep/conf.ini init migrations", 1),
    ] {
        let text = disk.type_in(line, code);
        contains(
            &text,
            &["error: cannot write `", "No space left", "hint: make room"],
        );
        assert_eq!(disk.names(), [""; 0], "{line}");
    }
    disk.type_in("rm disk/filler && cd disk && migrate init migrations", 0);
    let before = disk.names();
    disk.fill();
    let line = "cd disk && migrate revision -m word --rev-id 1";
    let text = disk.type_in(line, 1);
    contains(&text, &["No space left", "hint: make room"]);
    assert_eq!(disk.names(), before);
    disk.type_in(&format!("rm disk/filler; {line}"), 0);
}
