//! Scratch places: empty, private, and gone afterwards, whatever ends them.

use migration_core::database::scratch::{self, Aside, Scratch};
use migration_core::database::{self, Address, Connection, DatabaseError, OpenOptions};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::Dialect;
use migration_core::introspect;
use migration_core::schema::ObjectName;
use migration_tests::databases::{self, TestDatabase};

fn open(database: &TestDatabase) -> Scratch {
    scratch::open(database.address(), &OpenOptions::read("tests"), &[])
        .expect("an administrator may do everything")
}

fn names(connection: &mut dyn Connection) -> Vec<ObjectName> {
    introspect::tables(connection).expect("tables can be listed")
}

fn run(connection: &mut dyn Connection, statements: &[&str]) {
    if let Err(failed) = connection.run(statements) {
        panic!("{:?}", failed.error);
    }
}

/// Everything beside the live database that a scratch place could leave.
fn left(connection: &mut dyn Connection) -> Vec<String> {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return Vec::new(),
        Dialect::Postgres => {
            "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE '%migrate%'"
        }
        Dialect::Mysql => {
            "SELECT schema_name FROM information_schema.schemata \
             WHERE schema_name LIKE '%\\_scratch\\_%' AND is_free_lock(schema_name)"
        }
    };
    let rows = connection.query(sql, &[]).expect("the catalog can be read");
    rows.iter().filter_map(|row| row.first()?.text()).collect()
}

#[test]
fn what_is_made_there_is_seen_there_alone_and_leaves_nothing() {
    databases::each(|database| {
        let mut live = database.open();
        run(live.as_mut(), &["CREATE TABLE a (x INTEGER)"]);
        let mut scratch = open(database);
        let there = scratch.connection();
        assert_eq!(names(there), [], "{}", database.dialect());
        run(
            there,
            &["CREATE TABLE a (y TEXT)", "CREATE TABLE b (y TEXT)"],
        );
        assert_eq!(names(there).len(), 2);
        assert_eq!(names(live.as_mut()), [ObjectName::new("a")]);
        scratch.close().expect("it can be closed");
        let kept = live.query("SELECT x FROM a", &[]);
        assert!(kept.is_ok(), "{kept:?}");
        assert_eq!(left(live.as_mut()), [""; 0]);
    });
}

#[test]
fn transactions_in_it_are_transactions() {
    databases::each(|database| {
        let mut scratch = open(database);
        let there = scratch.connection();
        run(there, &["CREATE TABLE a (x INTEGER)"]);
        there.begin().expect("a transaction begins");
        assert!(there.in_transaction());
        run(there, &["INSERT INTO a VALUES (1)"]);
        there.rollback().expect("and is undone");
        there.begin().expect("another begins");
        run(there, &["INSERT INTO a VALUES (2)"]);
        there.commit().expect("and is kept");
        assert!(there.query("SELECT * FROM nothing", &[]).is_err());
        assert!(there.run(&["SELECT 1", "DROP TABLE nothing"]).is_err());
        let rows = there.query("SELECT x FROM a", &[]).expect("it goes on");
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0][0].integer(), Some(2));
    });
}

#[test]
fn a_scratch_place_whose_program_was_killed_is_gone_or_goes_with_the_next() {
    databases::each_server(|database| {
        let mut administrator = database.open();
        let mut scratch = open(database);
        run(scratch.connection(), &["CREATE TABLE a (x INTEGER)"]);
        let (id, kill) = match database.dialect() {
            Dialect::Sqlite => unreachable!("it is no server"),
            Dialect::Postgres => ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend("),
            Dialect::Mysql => ("SELECT connection_id()", "SELECT sleep(0); KILL ("),
        };
        let rows = scratch
            .connection()
            .query(id, &[])
            .expect("it has a number");
        let number = rows[0][0].integer().expect("it is a number");
        let kill = kill.rsplit("; ").next().expect("there is a last one");
        run(administrator.as_mut(), &[&format!("{kill}{number})")]);
        assert!(scratch.connection().query("SELECT 1", &[]).is_err());
        drop(scratch);
        // The server may take a moment to give locks back.
        std::thread::sleep(std::time::Duration::from_millis(200));
        open(database).close().expect("the next cleans up");
        assert_eq!(left(administrator.as_mut()), [""; 0]);
    });
}

#[test]
fn schemas_that_are_named_get_out_of_the_way() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut live = database.open();
    run(
        live.as_mut(),
        &[
            "CREATE SCHEMA report",
            "CREATE TABLE report.a (x INTEGER)",
            "CREATE TABLE other (id INTEGER PRIMARY KEY)",
        ],
    );
    let aside = |name, is_made| Aside { name, is_made };
    let aside = [
        aside("report", true),
        aside("fresh", true),
        aside("public", true),
        aside("later", false),
    ];
    let mut scratch = scratch::open(database.address(), &OpenOptions::read("tests"), &aside)
        .expect("an administrator may do everything");
    let home = scratch.borrow_table(None, "other").expect("it is there");
    assert_eq!(home, None);
    run(
        scratch.connection(),
        &[
            "CREATE SCHEMA later",
            "CREATE TABLE report.a (y TEXT)",
            "CREATE TABLE fresh.a (y TEXT)",
            "CREATE TABLE own (id INTEGER REFERENCES other (id))",
            "CREATE VIEW named AS SELECT id FROM public.own",
        ],
    );
    let made = ["other", "own"].map(ObjectName::new);
    assert_eq!(names(scratch.connection()), made);
    drop(scratch);
    let kept = live.query("SELECT x FROM report.a", &[]);
    assert!(kept.is_ok(), "{kept:?}");
    assert_eq!(names(live.as_mut()), [ObjectName::new("other")]);
    assert_eq!(left(live.as_mut()), [""; 0]);
}

/// The error of a user who may do everything in the database but make scratch places.
fn refused(database: &TestDatabase, aside: &[Aside<'_>]) -> Option<DatabaseError> {
    let mut administrator = database.open();
    let server = database.server().expect("it is a server");
    let user = format!("u_{}", server.database);
    let make: Vec<String> = match database.dialect() {
        Dialect::Sqlite => Vec::new(),
        Dialect::Postgres => vec![
            format!("CREATE ROLE {user} LOGIN PASSWORD 'secret'"),
            format!("GRANT ALL ON SCHEMA public TO {user}"),
        ],
        Dialect::Mysql => vec![
            format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'secret'"),
            format!("GRANT ALL ON \"{}\".* TO '{user}'@'%'", server.database),
        ],
    };
    for sql in &make {
        run(administrator.as_mut(), &[sql]);
    }
    let mut server = server.clone();
    server.user = Some(user.clone());
    server.password = Some(database::Secret::new("secret"));
    let address = Address::of(database.dialect(), "".into(), server);
    let outcome = scratch::open(&address, &OpenOptions::read("tests"), aside);
    let gone: &[String] = &match database.dialect() {
        Dialect::Sqlite => Vec::new(),
        Dialect::Postgres => vec![format!("DROP OWNED BY {user}"), format!("DROP ROLE {user}")],
        Dialect::Mysql => vec![format!("DROP USER '{user}'@'%'")],
    };
    for sql in gone {
        run(administrator.as_mut(), &[sql]);
    }
    outcome.err()
}

#[test]
fn who_may_not_make_one_is_told_what_an_administrator_grants() {
    databases::each_server(|database| {
        let name = &database.server().expect("it is a server").database;
        let error = refused(database, &[]).expect("the right is missing");
        assert_eq!(error.kind(), "no-scratch", "{error:?}");
        let hint = error.hint().expect("there is a way out");
        let (place, grant) = match database.dialect() {
            Dialect::Sqlite => unreachable!("it is no server"),
            Dialect::Postgres => (
                "schema",
                format!("GRANT CREATE ON DATABASE \"{name}\" TO \"u_{name}\";"),
            ),
            Dialect::Mysql => (
                "database",
                format!("GRANT ALL PRIVILEGES ON `\\_migrate\\_scratch\\_%`.* TO 'u_{name}'@'%';"),
            ),
        };
        assert_eq!(
            error.to_string(),
            format!("cannot create a scratch {place}")
        );
        assert!(hint.ends_with(&grant), "{hint}");
    });
}

#[test]
fn a_schema_of_somebody_else_cannot_be_set_aside() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    run(database.open().as_mut(), &["CREATE SCHEMA report"]);
    let aside = [Aside {
        name: "report",
        is_made: true,
    }];
    let error = refused(&database, &aside).expect("the schema is not its own");
    let hint = error.hint().expect("there is a way out");
    assert!(hint.contains("ALTER SCHEMA \"report\" OWNER TO"), "{hint}");
}
