//! A process that is killed, sessions that are ended, connections that are cut.

use std::process::Child;
use std::thread;

use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::proxy::Proxy;

use super::{mended, project, start, sweep, undisturbed};

/// Strikes runs at moments spread over their length.
fn strike(dialect: Dialect, strike: impl Fn(&TestDatabase, &mut Child)) {
    let Some((expected, length)) = undisturbed(dialect) else {
        return;
    };
    sweep(dialect.name(), |numbers| {
        let database = databases::fresh(dialect).expect("it was there before");
        let project = project(&database);
        let moment = length.mul_f64(numbers.next());
        let mut child = start(&project);
        thread::sleep(moment);
        strike(&database, &mut child);
        let first = child.wait().expect("it ends");
        mended(
            &project,
            &database,
            &expected,
            &format!("{dialect} after {moment:?}"),
        );
        !first.success()
    });
}

fn kill(_: &TestDatabase, child: &mut Child) {
    child.kill().expect("a process can be killed");
}

/// Ends all sessions of the database but our own, as an administrator would.
fn end_sessions(database: &TestDatabase, _: &mut Child) {
    let mut connection = database.open();
    let (list, end): (&str, fn(i64) -> String) = match database.dialect() {
        Dialect::Postgres => (
            "SELECT pid::bigint FROM pg_stat_activity WHERE datname = current_database() \
             AND pid <> pg_backend_pid()",
            |id| format!("SELECT pg_terminate_backend({id})"),
        ),
        Dialect::Mysql => (
            "SELECT id FROM information_schema.processlist WHERE db = database() \
             AND id <> connection_id()",
            |id| format!("KILL {id}"),
        ),
        Dialect::Sqlite => return,
    };
    let found = connection.query(list, &[]).expect("sessions can be listed");
    for row in found {
        let id = row.first().and_then(|id| id.integer()).unwrap_or_default();
        // It may have ended by itself.
        let _ = connection.run(&[&end(id)]);
    }
}

/// Cuts every connection between the run and the server, which hears of it when it answers.
fn cut(dialect: Dialect) {
    let Some((expected, length)) = undisturbed(dialect) else {
        return;
    };
    sweep(&format!("{dialect} behind a cut wire"), |numbers| {
        let database = databases::fresh(dialect).expect("it was there before");
        let project = project(&database);
        let server = database.server().expect("it is a server");
        let proxy = Proxy::start(server);
        let direct = project.path().join("migrate.ini");
        let direct = std::fs::read_to_string(direct).expect("the ini was written");
        let port = |port: u16| format!("port = {port}\n");
        let of_server = port(server.port.expect("it has a port"));
        project.write(
            "migrate.ini",
            &direct.replace(&of_server, &port(proxy.port())),
        );
        let moment = length.mul_f64(numbers.next());
        let mut child = start(&project);
        thread::sleep(moment);
        proxy.cut();
        let first = child.wait().expect("it ends");
        project.write("migrate.ini", &direct);
        mended(
            &project,
            &database,
            &expected,
            &format!("{dialect} cut after {moment:?}"),
        );
        !first.success()
    });
}

#[test]
fn sqlite_survives_the_end_of_the_process() {
    strike(Dialect::Sqlite, kill);
}

#[test]
fn postgresql_survives_the_end_of_the_process() {
    strike(Dialect::Postgres, kill);
}

#[test]
fn mysql_survives_the_end_of_the_process() {
    strike(Dialect::Mysql, kill);
}

#[test]
fn postgresql_survives_the_end_of_its_session() {
    strike(Dialect::Postgres, end_sessions);
}

#[test]
fn mysql_survives_the_end_of_its_session() {
    strike(Dialect::Mysql, end_sessions);
}

#[test]
fn postgresql_survives_the_end_of_its_connection() {
    cut(Dialect::Postgres);
}

#[test]
fn mysql_survives_the_end_of_its_connection() {
    cut(Dialect::Mysql);
}
