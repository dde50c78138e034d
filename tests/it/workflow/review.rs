//! What `review` says of what it drafted.

use migration_core::dialect::Dialect;
use migration_tests::command::holds;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

const BEFORE: &str = "CREATE TABLE \"{prefix}person\" (id INTEGER PRIMARY KEY, nick VARCHAR(20), \
                      age INTEGER);\nCREATE TABLE \"{prefix}empty\" (id INTEGER PRIMARY KEY, a INTEGER);\n";

const AFTER: &str = "CREATE TABLE \"{prefix}person\" (id INTEGER PRIMARY KEY, email VARCHAR(20), \
                     age BIGINT NOT NULL, CONSTRAINT u_age UNIQUE (age));\n\
                     CREATE INDEX ix_age ON \"{prefix}person\" (age);\n\
                     CREATE TABLE \"{prefix}empty\" (id INTEGER PRIMARY KEY, b INTEGER NOT NULL);\n";

/// A project whose database has the tables of `BEFORE` and two persons.
fn project(database: &TestDatabase) -> Project {
    let project = Project::new();
    let keys = "tables_prefix = p\n[migration]\nscript_location = %(here)s\nmodels = models.sql\n";
    project.write("migrate.ini", &format!("{}{keys}", database.ini()));
    project.write("models.sql", BEFORE);
    project.types(0, "mkdir versions && migrate review -m begin --rev-id 1111");
    project.types(0, "migrate upgrade");
    let mut connection = database.open();
    let rows = "INSERT INTO p_person VALUES (1, 'a', 1), (2, 'b', 2)";
    connection.run(&[rows]).expect("the table is there");
    if let Dialect::Postgres | Dialect::Mysql = database.dialect() {
        let analyze = match database.dialect() {
            Dialect::Mysql => "ANALYZE TABLE p_person",
            Dialect::Sqlite | Dialect::Postgres => "ANALYZE p_person",
        };
        connection.query(analyze, &[]).expect("it can be analysed");
    }
    project
}

#[test]
fn remarks_fit_what_was_drafted() {
    databases::each(|database| {
        let project = project(database);
        project.write("models.sql", AFTER);
        let line =
            "migrate review -m next --rev-id 2222 --no-rename p_person.nick=email,p_empty.a=b";
        let text = project.types(0, line);
        holds(
            &text,
            &[
                "Generating ",
                "\nBefore it runs:\n\n  [ ] text      read both sections of versions/2222_next.sql\n",
                "  [ ] data      the values of `p_person.nick` go (2 rows)\n",
                "  [ ] rename    is `p_person.email` what `p_person.nick` was? Then draft it again \
                 with `--rename p_person.nick=email`\n",
                "  [ ] rows      every value of `p_person.age` is converted (2 rows)",
                "  [ ] rows      `p_person.age` must not be NULL",
                "  [ ] rows      does every row of `p_person` have its own (age)?",
                "  [ ] programs  do programs that run meanwhile use `p_person.nick`?",
                "  [ ] way back  the downgrade makes it anew, but empty",
                "  [ ] proof     `migrate verify` proves it up, down, and up again\n",
            ],
        );
        assert!(!text.contains("the values of `p_empty"), "{text}");
        let own: &[&str] = match database.dialect() {
            Dialect::Sqlite => &["] engine    SQLite 3."],
            Dialect::Postgres => &[
                "] lock      readers and writers wait for `p_person` while it is written anew (2 rows): ",
                "] lock      writers wait for `p_person` while it is indexed (2 rows): CREATE INDEX \
                 CONCURRENTLY, in a revision of its own\n",
            ],
            Dialect::Mysql => &[
                "] engine    MariaDB 10.11",
                "] lock      writers wait for `p_person` while it is written anew (2 rows): ",
            ],
        };
        holds(&text, own);
        // Where one writer keeps out the others anyway, there is nothing to say about it.
        let says_who_waits = text.contains("] lock ");
        assert_eq!(
            says_who_waits,
            database.dialect() != Dialect::Sqlite,
            "{text}"
        );
    });
}

#[test]
fn nothing_to_do_writes_no_file_and_json_has_the_remarks() {
    databases::each(|database| {
        let project = project(database);
        let text = project.types(0, "migrate review -m none");
        holds(
            &text,
            &["No changes in the models detected; no revision is written."],
        );
        project.write("models.sql", BEFORE.split('\n').next().unwrap_or_default());
        let text = project.types(0, "migrate review -m less --json -q");
        holds(
            &text,
            &["\"review\": [", "\"topic\": \"programs\"", "use `p_empty`"],
        );
        let text = project.types(2, "migrate review");
        holds(&text, &["--message <TEXT>"]);
    });
}

#[test]
fn a_column_that_is_computed_in_another_way_was_not_renamed() {
    let computed = |how: &str| {
        format!(
            "CREATE TABLE \"{{prefix}}sum\" (id INTEGER PRIMARY KEY, a INTEGER, \
             total INTEGER GENERATED ALWAYS AS ({how}) STORED);\n"
        )
    };
    databases::each(|database| {
        let project = project(database);
        project.write("models.sql", &format!("{BEFORE}{}", computed("a * 2")));
        project.types(0, "migrate review -m sum --rev-id 2222");
        project.types(0, "migrate upgrade");
        project.write("models.sql", &format!("{BEFORE}{}", computed("a * 3")));
        let text = project.types(0, "migrate review -m more --rev-id 3333");
        holds(&text, &["Generating "]);
        assert!(!text.contains("rename"), "{text}");
    });
}
