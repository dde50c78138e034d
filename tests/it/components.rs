//! The components' real histories on every engine: schemas, rows, the way down and up again.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests write ini files and read cases"
)]

use std::fs;
use std::path::PathBuf;

use migration_core::database::{Connection, Value};
use migration_core::dialect::Dialect;
use migration_tests::command;
use migration_tests::databases::{self, TestDatabase};
use tempfile::TempDir;

/// A component configured for one database.
struct Installed {
    binary: &'static str,
    prefix: &'static str,
    ini: PathBuf,
    _directory: TempDir,
}

impl Installed {
    fn new(component: &str, prefix: &'static str, database: &TestDatabase) -> Self {
        let binary = match component {
            "frontend" => "frontend-migrate",
            _ => "brain-migrate",
        };
        let directory = tempfile::tempdir().expect("the temporary directory is writable");
        let ini = directory.path().join("settings.ini");
        let text = format!(
            "{}tables_prefix = {prefix}\n[migration]\nversion_table = alembic_version_{component}\n",
            database.ini()
        );
        fs::write(&ini, text).expect("the temporary directory is writable");
        Self {
            binary,
            prefix,
            ini,
            _directory: directory,
        }
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let ini = self.ini.to_string_lossy();
        let arguments = [&["-c", &ini], arguments].concat();
        command::succeed(self.binary, &arguments)
    }
}

#[test]
fn rows_arrive_as_the_history_says() {
    databases::each(|database| {
        let frontend = Installed::new("frontend", "irma", database);
        let text = case("rows.txt").replace("{prefix}", "irma_");
        let mut connection = database.open();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some((mark, rest)) = line.split_once(' ') else {
                continue;
            };
            match mark {
                "$" => {
                    drop(connection);
                    frontend.run(&rest.split(' ').collect::<Vec<_>>());
                    connection = database.open();
                }
                "!" => {
                    let changed = connection.execute(rest, &[]);
                    assert!(
                        changed.is_ok(),
                        "{}: {rest}: {changed:?}",
                        database.dialect()
                    );
                }
                "?" => {
                    let mut expected = Vec::new();
                    while let Some(row) = lines.next_if(|row| !row.is_empty() && !is_mark(row)) {
                        expected.push(row.to_owned());
                    }
                    let rows = ask(connection.as_mut(), rest);
                    assert_eq!(rows, expected, "{}: {rest}", database.dialect());
                }
                _ => assert_eq!(mark, "#", "a line of the case has no meaning: {line}"),
            }
        }
    });
}

#[test]
fn base_leaves_nothing_but_the_version_table_and_the_ledger() {
    databases::each(|database| {
        for component in ["frontend", "brain"] {
            let installed = Installed::new(component, "irma", database);
            let empty = objects(database);
            installed.run(&["upgrade", "head"]);
            let full = objects(database);
            installed.run(&["downgrade", "base"]);
            let left: Vec<String> = objects(database)
                .into_iter()
                .filter(|object| !empty.contains(object))
                .filter(|object| !object.contains("alembic_version"))
                // SQLite's own, made with the first AUTOINCREMENT and never dropped.
                .filter(|object| object != "table sqlite_sequence")
                .collect();
            assert_eq!(left, [""; 0], "{}: {component}", database.dialect());
            installed.run(&["upgrade", "head"]);
            assert_eq!(
                objects(database),
                full,
                "{}: {component}",
                database.dialect()
            );
            installed.run(&["downgrade", "base"]);
        }
    });
}

#[test]
fn postgresql_gets_the_schema_of_the_history() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    for (component, prefix) in [("frontend", "irma"), ("brain", "brain")] {
        let installed = Installed::new(component, prefix, &database);
        installed.run(&["upgrade", "head"]);
        let expected = case(&format!("{component}.txt"));
        assert_eq!(catalog(&database), expected.trim_end(), "{component}");
        installed.run(&["downgrade", "base"]);
        assert_eq!(catalog(&database), "", "{component} at base");
        installed.run(&["upgrade", "head"]);
        assert_eq!(
            catalog(&database),
            expected.trim_end(),
            "{component}, again"
        );
        installed.run(&["downgrade", "base"]);
    }
}

#[test]
fn every_step_down_restores_what_the_step_up_changed() {
    databases::each(|database| {
        let frontend = Installed::new("frontend", "irma", database);
        let mut before = Vec::new();
        for _ in 0..9 {
            frontend.run(&["upgrade", "+1"]);
            before.push(definitions(database));
        }
        for expected in before.iter().rev().skip(1) {
            frontend.run(&["downgrade", "-1"]);
            assert_eq!(&definitions(database), expected, "{}", database.dialect());
        }
        frontend.run(&["upgrade", "head"]);
        assert_eq!(
            before.last(),
            Some(&definitions(database)),
            "{}",
            database.dialect()
        );
    });
}

#[test]
fn models_are_what_the_revisions_make() {
    databases::each(|database| {
        for component in ["frontend", "brain"] {
            let installed = Installed::new(component, "irma", database);
            installed.run(&["upgrade", "head"]);
            let migrated = definitions(database);
            installed.run(&["downgrade", "base"]);

            let models = models(component);
            let directory = tempfile::tempdir().expect("the temporary directory is writable");
            fs::create_dir(directory.path().join("versions")).expect("it is writable");
            let file = directory.path().join("versions/000000000001_models.sql");
            fs::write(&file, format!("{MODELS_HEADER}{models}")).expect("it is writable");
            let ini = directory.path().join("migrate.ini");
            let migration = "tables_prefix = irma\n[migration]\n\
                script_location = %(here)s\nversion_table = alembic_version_models\n";
            fs::write(&ini, format!("{}{migration}", database.ini())).expect("it is writable");
            let ini = ini.to_string_lossy();
            command::succeed("migrate", &["-c", &ini, "upgrade", "head"]);
            assert_eq!(
                definitions(database),
                migrated,
                "{} {component}",
                database.dialect()
            );
            command::succeed("migrate", &["-c", &ini, "downgrade", "base"]);
        }
    });
}

/// Makes a revision of the models; the way down drops what has no dependents first.
const MODELS_HEADER: &str = "-- models\n--\n-- Revision ID: 000000000001\n-- Revises:\n\
    -- Create Date: 2026-01-01 00:00:00\n\n-- migrate: upgrade\n";

fn models(component: &str) -> String {
    let path = command::root()
        .join(component)
        .join("models/sqlobjects.sql");
    let models = fs::read_to_string(path).expect("a component has models");
    let tables: Vec<&str> = models
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.strip_suffix(" ("))
        .collect();
    let drops = tables
        .iter()
        .rev()
        .map(|table| format!("DROP TABLE {table};\n"));
    format!(
        "{models}\n-- migrate: downgrade\n{}",
        drops.collect::<String>()
    )
}

#[test]
fn components_in_one_database_do_not_disturb_each_other() {
    databases::each(|database| {
        let frontend = Installed::new("frontend", "front", database);
        let brain = Installed::new("brain", "back", database);
        brain.run(&["upgrade", "head"]);
        frontend.run(&["upgrade", "head"]);
        assert_eq!(frontend.run(&["current"]), "960de2c5749e (head)\n");
        assert_eq!(brain.run(&["current"]), "74489bacf8ec (head)\n");
        brain.run(&["downgrade", "base"]);
        assert_eq!(frontend.run(&["current"]), "960de2c5749e (head)\n");
        assert_eq!(brain.run(&["current"]), "");
        let objects = objects(database);
        let has = |prefix: &str| objects.iter().any(|object| object.contains(prefix));
        assert!(has(frontend.prefix) && !has("back_"), "{objects:?}");
    });
}

/// A file of `tests/cases/irma`.
fn case(name: &str) -> String {
    let path = command::root().join("tests/cases/irma").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_mark(line: &str) -> bool {
    line.starts_with(['$', '!', '?', '#'])
}

/// The rows of a query, values joined by bars.
#[track_caller]
fn ask(connection: &mut dyn Connection, sql: &str) -> Vec<String> {
    let rows = match connection.query(sql, &[]) {
        Ok(rows) => rows,
        Err(error) => panic!("{sql}: {error:?}"),
    };
    let text = |value: &Value| value.text().unwrap_or_else(|| "NULL".to_owned());
    rows.iter()
        .map(|row| row.iter().map(text).collect::<Vec<_>>().join("|"))
        .collect()
}

/// Every line of PostgreSQL's catalog but those of our own tables.
fn catalog(database: &TestDatabase) -> String {
    ask(database.open().as_mut(), &case("catalog.sql")).join("\n")
}

/// The names of tables, indexes, sequences and whatever else an engine lists.
fn objects(database: &TestDatabase) -> Vec<String> {
    let sql = match database.dialect() {
        Dialect::Sqlite => "SELECT type || ' ' || name FROM sqlite_master ORDER BY type, name",
        Dialect::Postgres => {
            "SELECT relkind::text || ' ' || relname FROM pg_class \
             WHERE relnamespace = 'public'::regnamespace ORDER BY relkind, relname"
        }
        Dialect::Mysql => {
            "SELECT CONCAT(table_name, '.', index_name) FROM information_schema.statistics \
             WHERE table_schema = DATABASE() UNION SELECT table_name FROM \
             information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1"
        }
    };
    ask(database.open().as_mut(), sql)
}

/// What tables look like, in the engine's own words, in no order; a column's place may change.
fn definitions(database: &TestDatabase) -> Vec<String> {
    let sql = match database.dialect() {
        Dialect::Postgres => return catalog(database).lines().map(str::to_owned).collect(),
        Dialect::Sqlite => {
            "SELECT m.name || ' column ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" \
             || ' ' || COALESCE(c.dflt_value, '') || ' ' || c.pk \
             FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table' \
             AND m.name NOT LIKE 'alembic_version%' AND m.name <> 'sqlite_sequence' \
             UNION SELECT m.name || ' key ' || f.\"from\" || ' ' || f.\"table\" \
             FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' \
             UNION SELECT m.name || ' index ' || i.origin || ' ' || i.\"unique\" || ' ' \
             || CASE i.origin WHEN 'c' THEN i.name ELSE '' END || ' ' || (SELECT \
             group_concat(x.name) FROM pragma_index_info(i.name) x) || ' ' || i.partial \
             FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' \
             AND m.name NOT LIKE 'alembic_version%' \
             UNION SELECT 'violation ' || \"table\" FROM pragma_foreign_key_check ORDER BY 1"
        }
        Dialect::Mysql => {
            "SELECT CONCAT_WS(' ', table_name, 'column', column_name, column_type, is_nullable, \
             column_default, extra) FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%' \
             UNION SELECT CONCAT_WS(' ', table_name, 'index', index_name, non_unique, \
             seq_in_index, column_name) FROM information_schema.statistics \
             WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%' \
             UNION SELECT CONCAT_WS(' ', table_name, 'key', constraint_name, column_name, \
             referenced_table_name) FROM information_schema.key_column_usage \
             WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%' ORDER BY 1"
        }
    };
    ask(database.open().as_mut(), sql)
}
