//! `docs/guide/zero-downtime.md`: the revisions of that page, on every engine, while programs of two
//! releases work between the steps.
#![expect(clippy::disallowed_methods, reason = "this test reads a page")]

use std::fs;

use migration_core::database::Connection;
use migration_core::dialect::Dialect;
use migration_tests::command::root;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::project::Project;

/// A change: the revision at which both releases work, the last one, at which the new release does,
/// and what each of them says. `%` is the number of the step, so that what is written is new.
struct Change {
    name: &'static str,
    both: &'static str,
    last: &'static str,
    old: &'static [&'static str],
    new: &'static [&'static str],
}

const CHANGES: &[Change] = &[
    Change {
        name: "a column with a default",
        both: "0002",
        last: "0002",
        old: &["INSERT INTO customer (name, fax) VALUES ('old', '')"],
        new: &["INSERT INTO customer (name, fax, language) VALUES ('new', '', 'fr')"],
    },
    Change {
        name: "a column that every row needs",
        both: "0003",
        last: "0006",
        old: &["INSERT INTO customer (name, fax) VALUES ('old', '')"],
        new: &[
            "INSERT INTO customer (name, fax, code) VALUES ('new', '', 'N%')",
            "UPDATE customer SET code = 'A%' WHERE name = 'none'",
        ],
    },
    Change {
        name: "a column that goes",
        both: "0007",
        last: "0008",
        old: &["INSERT INTO customer (name, fax, code) VALUES ('old', '', 'F%')"],
        new: &["INSERT INTO customer (name, code) VALUES ('new', 'G%')"],
    },
    Change {
        name: "a column with another name",
        both: "0009",
        last: "0010",
        old: &[
            "INSERT INTO customer (name, code, mail) VALUES ('old', 'M%', 'o%@a')",
            "UPDATE customer SET mail = 'changed%@a' WHERE code = 'C1'",
        ],
        new: &[
            "INSERT INTO customer (name, code, email) VALUES ('new', 'E%', 'n%@a')",
            "UPDATE customer SET email = 'again%@a' WHERE code = 'C2'",
        ],
    },
    Change {
        name: "an index, a foreign key and a unique constraint",
        both: "0014",
        last: "0014",
        old: &["INSERT INTO purchase (customer_id, total) VALUES (1, 1)"],
        new: &["INSERT INTO purchase (customer_id, total) VALUES (2, 2)"],
    },
    Change {
        name: "a table in two",
        both: "0016",
        last: "0017",
        old: &["UPDATE customer SET town = 'Paris' WHERE code = 'C1'"],
        new: &["UPDATE address SET town = 'Paris' WHERE customer_id = 1"],
    },
];

/// The files that the page writes by `cat > shop/...` and keeps.
fn files() -> Vec<(String, String)> {
    let page = root().join("docs/guide/zero-downtime.md");
    let page = fs::read_to_string(page).expect("the page can be read");
    let mut files: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("$ cat > shop/versions/") {
            let name = name.split(' ').next().unwrap_or_default();
            files.push((format!("shop/versions/{name}"), String::new()));
            inside = true;
        } else if let Some(gone) = line.strip_prefix("$ rm ") {
            files.retain(|(name, _)| name != gone);
        } else if line == "> END" {
            inside = false;
        } else if let (true, Some(line), Some(file)) =
            (inside, line.strip_prefix('>'), files.last_mut())
        {
            file.1.push_str(line.trim_start_matches(' '));
            file.1.push('\n');
        }
    }
    files
}

fn run(connection: &mut dyn Connection, statement: &str, at: &str) {
    let statement = statement.replace('%', at);
    if let Err(error) = connection.run(&[&statement]) {
        panic!("{}: at {at}: {statement}: {error:?}", connection.dialect());
    }
}

/// No row of the two columns differs, whichever release wrote it last.
fn both_names_agree(connection: &mut dyn Connection) {
    let sql = "SELECT code FROM customer WHERE mail = email ORDER BY code";
    let rows = connection.query(sql, &[]).expect("the database does it");
    let codes: Vec<_> = rows.iter().filter_map(|row| row.first()?.text()).collect();
    assert_eq!(
        codes,
        ["C1", "C2", "E0009", "M0009"],
        "{}",
        connection.dialect()
    );
    let sql = "SELECT code FROM customer WHERE mail <> email";
    let rows = connection.query(sql, &[]).expect("the database does it");
    assert!(rows.is_empty(), "{}: {rows:?}", connection.dialect());
}

fn up(project: &Project, database: &TestDatabase) {
    for change in CHANGES {
        project.types(0, &format!("migrate upgrade {}", change.both));
        let mut connection = database.open();
        for statement in change.old.iter().chain(change.new) {
            run(connection.as_mut(), statement, change.both);
        }
        if change.name == "a column with another name" {
            both_names_agree(connection.as_mut());
        }
        drop(connection);
        if change.last != change.both {
            project.types(0, &format!("migrate upgrade {}", change.last));
            for statement in change.new {
                run(database.open().as_mut(), statement, change.last);
            }
        }
    }
}

/// Behind the contract both releases work again when it is undone.
fn down(project: &Project, database: &TestDatabase) {
    for change in CHANGES.iter().rev() {
        let line = "migrate downgrade --allow-data-loss";
        project.types(0, &format!("{line} {}", change.both));
        for statement in change.old.iter().chain(change.new) {
            run(
                database.open().as_mut(),
                statement,
                &format!("{}d", change.both),
            );
        }
    }
    project.types(0, "migrate downgrade --allow-data-loss base");
}

#[test]
fn two_releases_work_on_every_step_of_the_page() {
    let files = files();
    assert_eq!(files.len(), 17);
    databases::each(|database| {
        let project = Project::new();
        let ini = format!("{}[migration]\nscript_location = shop\n", database.ini());
        project.write("migrate.ini", &ini);
        for (name, text) in &files {
            project.write(name, text);
        }
        // Every step is one that holds up nobody.
        project.types(0, "migrate lint --from 0001");
        up(&project, database);
        project.types(0, "migrate drift");
        if database.dialect() == Dialect::Postgres {
            short_steps_do_not_read_the_rows(database);
        }
        down(&project, database);
    });
}

/// The constraint that is there at the end was made of the index, and is valid.
fn short_steps_do_not_read_the_rows(database: &TestDatabase) {
    let sql = "SELECT conname FROM pg_constraint WHERE NOT convalidated \
               UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid";
    let rows = database.open().query(sql, &[]).expect("the catalog");
    assert!(rows.is_empty(), "{rows:?}");
}
