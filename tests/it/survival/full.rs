//! A disk that is full at some point of a run, and has room again afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;

use migration_core::database::Address;
use migration_core::dialect::Dialect;
use migration_tests::command::said;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::disk::Disk;
use migration_tests::server::OwnServer;
use tempfile::TempDir;

use super::{mended, project, settings, sweep, undisturbed};

/// Something that has room for a while.
trait Site {
    fn database(&self) -> &TestDatabase;
    /// Makes room.
    fn relieve(&mut self);
    /// Leaves nothing behind that a server would look for.
    fn clear(self);
}

/// Runs with more and less room, of which the tree needs `need` units at most.
fn fill<S: Site>(dialect: Dialect, need: f64, site: impl Fn(u32) -> Option<S>) {
    let Some((expected, _)) = undisturbed(dialect) else {
        return;
    };
    if site(64).map(S::clear).is_none() {
        return;
    }
    sweep(&format!("{dialect} on a full disk"), |numbers| {
        let room = (numbers.next() * need) as u32 + 1;
        let mut site = site(room).expect("there was one before");
        let project = project(site.database());
        let first = project.shell("migrate upgrade head");
        let text = said(&first);
        let what = format!("{dialect} with room for {room}");
        if !first.status.success() {
            // Some servers end themselves.
            let told = ["hint: make room", "lost the connection: "];
            let is_told = told.iter().any(|it| text.contains(it));
            assert!(is_told, "{what}: {text}");
        }
        site.relieve();
        settings(&project, site.database());
        mended(&project, site.database(), &expected, &what);
        site.clear();
        !first.status.success()
    });
}

/// A database on a small disk.
struct Small {
    /// Goes before the database, whose directory it may be on.
    disk: Disk,
    database: TestDatabase,
    _place: TempDir,
}

impl Small {
    /// On a disk of so many KiB; none, aloud, where this user may mount nothing, or the server is
    /// not ours.
    fn new(dialect: Dialect, size: u32) -> Option<Self> {
        let place = tempfile::tempdir_in("/tmp").expect("the temporary directory is writable");
        let database = databases::fresh(dialect).expect("it was there before");
        if database.is_foreign() {
            return None;
        }
        let path = match database.address() {
            Address::Sqlite { path } => path.parent().expect("a file is in a directory").to_owned(),
            Address::Postgres(_) | Address::Mysql(_) => place.path().join("disk"),
        };
        let disk = Disk::mount(&path, &format!("size={size}k"))?;
        let site = Self {
            disk,
            database,
            _place: place,
        };
        if dialect == Dialect::Postgres {
            site.give_to_the_server(&path);
        }
        Some(site)
    }

    /// The server runs as a user of its own, and makes the tables on the disk.
    fn give_to_the_server(&self, path: &Path) {
        let mut own = Command::new("chown");
        own.arg("--reference").arg(data_directory(&self.database));
        let mut open = Command::new("chmod");
        open.arg("0711")
            .arg(path.parent().expect("it is mounted somewhere"));
        for command in [own.arg(path), &mut open] {
            assert!(command.status().expect("it can be started").success());
        }
        let (database, space) = self.names();
        let mut connection = self.database.open();
        for sql in [
            format!("CREATE TABLESPACE {space} LOCATION '{}'", path.display()),
            format!("ALTER DATABASE {database} SET default_tablespace = {space}"),
        ] {
            connection.run(&[&sql]).expect("the administrator may");
        }
    }

    /// The database on the server, and the tablespace of the disk.
    fn names(&self) -> (&str, String) {
        let server = self.database.server().expect("it is a server");
        (&server.database, format!("small_{}", server.database))
    }
}

impl Site for Small {
    fn database(&self) -> &TestDatabase {
        &self.database
    }

    fn relieve(&mut self) {
        assert!(self.disk.resize("64m"));
    }

    fn clear(self) {
        if self.database.dialect() != Dialect::Postgres {
            return;
        }
        let (database, space) = self.names();
        let other = databases::fresh(Dialect::Postgres).expect("it was there before");
        let mut connection = other.open();
        for sql in [
            format!("DROP DATABASE {database} WITH (FORCE)"),
            format!("DROP TABLESPACE {space}"),
        ] {
            connection.run(&[&sql]).expect("the administrator may");
        }
    }
}

fn data_directory(database: &TestDatabase) -> PathBuf {
    let rows = database.open().query("SHOW data_directory", &[]);
    let rows = rows.expect("the administrator may");
    PathBuf::from(rows[0][0].text().expect("it is a path"))
}

/// A MySQL server on a small disk. InnoDB ends the whole server when it cannot write a page.
struct Whole {
    database: TestDatabase,
    disk: Disk,
    /// Removes its directory at the end, on which nothing is mounted any more.
    server: OwnServer,
}

impl Whole {
    /// With room for so many KiB; none, aloud, where this user may mount
    /// nothing.
    fn new(room: u32) -> Option<Self> {
        let mut disk = None;
        let server = OwnServer::mysql(|data| {
            disk = on_a_disk(data);
            disk.is_some()
        });
        let (server, disk) = (server.expect("there was one before")?, disk?);
        let database = databases::fresh_on(server.address());
        disk.fill_but(room.into());
        Some(Self {
            database,
            disk,
            server,
        })
    }
}

/// Moves a data directory to a disk of its own.
fn on_a_disk(data: &Path) -> Option<Disk> {
    let parent = data.parent().expect("it is in the server's directory");
    let shell = |line: &str| {
        let mut shell = Command::new("sh");
        let status = shell.args(["-c", line]).current_dir(parent).status();
        assert!(status.expect("a shell can be started").success(), "{line}");
    };
    shell("mv data original");
    let disk = Disk::mount(data, "size=256m")?;
    shell("chown --reference=original data && cp -a original/. data && rm -r original");
    Some(disk)
}

impl Site for Whole {
    fn database(&self) -> &TestDatabase {
        &self.database
    }

    fn relieve(&mut self) {
        self.disk.empty();
        self.server.revive().expect("it has room");
        self.database.moved_to(self.server.address());
    }

    fn clear(self) {}
}

#[test]
fn sqlite_survives_a_full_disk() {
    fill(Dialect::Sqlite, 200.0, |room| {
        Small::new(Dialect::Sqlite, room)
    });
}

#[test]
fn postgresql_survives_a_full_disk() {
    fill(Dialect::Postgres, 1000.0, |room| {
        Small::new(Dialect::Postgres, room)
    });
}

#[test]
fn mysql_survives_a_full_disk() {
    fill(Dialect::Mysql, 900.0, Whole::new);
}
