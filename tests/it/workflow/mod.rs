//! The commands of a working day: waiting for a database, making and dropping one, finding one.

mod creation;
mod discover;
mod info;
mod init;
mod review;
mod run;
mod wait;

use std::net::TcpListener;
use std::process::Output;

use migration_tests::command::said;
use migration_tests::databases::TestDatabase;
use migration_tests::project::Project;

/// A project on this database, with the revisions of `tree`.
fn project(database: &TestDatabase) -> Project {
    with_ini(&database.ini())
}

/// The same with this section in its ini.
fn with_ini(sqldb: &str) -> Project {
    let project = Project::named("tree");
    let location = "[migration]\nscript_location = %(here)s/migrations\n";
    project.write("migrate.ini", &format!("{sqldb}{location}"));
    project
}

/// A port at which nobody listens.
fn silent_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}

/// Demands an exit code; gives all that was said.
#[track_caller]
fn ended(output: &Output, code: i32) -> String {
    let text = said(output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}
