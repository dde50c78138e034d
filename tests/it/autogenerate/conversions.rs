//! Types that change: one text whatever engine drafts it.

use migration_core::dialect::Dialect;
use migration_tests::{databases, project};

use super::Scene;

const TEXTS: &str = "CREATE TABLE {prefix}person (id INTEGER PRIMARY KEY, age TEXT, size TEXT);\n";

const NUMBERS: &str = "\
CREATE TABLE {prefix}person (
    id INTEGER PRIMARY KEY,
    -- renamed from age
    years INTEGER,
    size BIGINT
);
";

const DRAFT: &str = "\
-- migrate: upgrade

ALTER TABLE \"{prefix}person\" RENAME COLUMN age TO years;

-- migrate: only postgresql
ALTER TABLE \"{prefix}person\" ALTER COLUMN years TYPE INTEGER USING \"years\"::INTEGER;

-- migrate: only sqlite, mysql
ALTER TABLE \"{prefix}person\" ALTER COLUMN years TYPE INTEGER;

-- migrate: only postgresql
ALTER TABLE \"{prefix}person\" ALTER COLUMN size TYPE BIGINT USING \"size\"::BIGINT;

-- migrate: only sqlite, mysql
ALTER TABLE \"{prefix}person\" ALTER COLUMN size TYPE BIGINT;

-- migrate: downgrade

ALTER TABLE \"{prefix}person\" ALTER COLUMN size TYPE TEXT;
ALTER TABLE \"{prefix}person\" ALTER COLUMN years TYPE TEXT;
ALTER TABLE \"{prefix}person\" RENAME COLUMN years TO age;
";

#[test]
fn a_text_becomes_a_number_by_one_text_whatever_engine_drafts_it() {
    databases::each(|database| {
        let scene = Scene::new(database, TEXTS);
        scene.follows("a1", "");
        scene.models(NUMBERS);
        let text = scene.follows("a2", "");
        assert!(
            text.trim_end().ends_with(DRAFT.trim_end()),
            "{}\n{text}",
            database.dialect()
        );
    });
}

#[test]
fn a_column_that_no_revision_made_is_told_how_to_become_a_number() {
    databases::each(|database| {
        let scene = Scene::new(database, &NUMBERS.replace("years INTEGER", "years TEXT"));
        let made = "CREATE TABLE app_person (id INTEGER PRIMARY KEY, years TEXT, size TEXT)";
        assert!(database.open().run(&[made]).is_ok());
        scene.types("migrate revision --autogenerate -m change --rev-id a1", 0);
        let text = scene.types("cat tree/versions/a1_change.sql", 0);
        let told = "-- migrate: only postgresql\n\
                    ALTER TABLE \"{prefix}person\" ALTER COLUMN size TYPE BIGINT \
                    USING \"size\"::BIGINT;\n";
        assert!(text.contains(told), "{}\n{text}", database.dialect());
    });
}

/// A column of MariaDB that says itself which values it holds, and the type of the models that says
/// one more.
#[test]
fn values_that_stood_in_a_column_become_a_type_and_those_of_the_column_again() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let scene = Scene::new(&database, "");
    let up = "-- migrate: only mysql\n\
              CREATE TABLE {prefix}bill (id INTEGER PRIMARY KEY,\n\
              state ENUM('draft', 'sent') NOT NULL DEFAULT 'draft');";
    let text = project::revision("a1", "", up, "DROP TABLE {prefix}bill;");
    scene.project.write("tree/versions/a1_bills.sql", &text);
    scene.types("migrate upgrade head", 0);
    scene.models(
        "CREATE TYPE {prefix}bill_state AS ENUM ('draft', 'sent', 'late');\n\
         CREATE TABLE {prefix}bill (id INTEGER PRIMARY KEY,\n\
         state {prefix}bill_state NOT NULL DEFAULT 'draft');\n",
    );
    let text = scene.follows("a2", "");
    let back = "-- rows with 'late' in `state` stop this: give them another value before, by an \
                UPDATE\n\
                -- migrate: only mysql\n\
                ALTER TABLE \"{prefix}bill\" ALTER COLUMN state TYPE ENUM('draft', 'sent');\n";
    assert!(text.contains(back), "{text}");
    let insert = "INSERT INTO app_bill VALUES (1, 'sent'), (2, 'late')";
    assert!(database.open().run(&[insert]).is_ok());
    let refused = scene.types("migrate downgrade", 1);
    let finding = "table `app_bill` has 1 row with another value in `state` than 'draft', 'sent'";
    assert!(refused.contains(finding), "{refused}");
    let correct = "UPDATE app_bill SET state = 'sent' WHERE state = 'late'";
    assert!(database.open().run(&[correct]).is_ok());
    scene.types("migrate downgrade", 0);
    scene.types("migrate upgrade head", 0);
    scene.is_settled();
}

#[test]
fn a_run_keeps_a_collation_that_the_revision_says_nothing_of() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let models = "CREATE TABLE \"{prefix}book\" (\n    id INTEGER PRIMARY KEY,\n    remark TEXT,\n    \
                  name VARCHAR(40)\n);\n";
    let scene = Scene::new(&database, models);
    scene.follows("a1", "");
    database.changes(&[
        "ALTER TABLE app_book MODIFY remark LONGTEXT COLLATE utf8mb4_bin, \
         MODIFY name VARCHAR(40) COLLATE utf8mb4_bin",
    ]);
    let mut before = "a1".to_owned();
    for (number, sql) in [
        "ALTER TABLE app_book ALTER COLUMN remark SET DEFAULT 'x';",
        "ALTER TABLE app_book ALTER COLUMN name SET NOT NULL;",
        "COMMENT ON COLUMN app_book.name IS 'on the cover';",
        "ALTER TABLE app_book ALTER COLUMN name TYPE VARCHAR(80);",
        "ALTER TABLE app_book ALTER COLUMN remark TYPE VARCHAR(90);",
    ]
    .iter()
    .enumerate()
    {
        let id = format!("b{number}");
        let text = project::revision(&id, &before, sql, "");
        scene
            .project
            .write(&format!("tree/versions/{id}.sql"), &text);
        scene.types("migrate upgrade head", 0);
        let collations = "SELECT collation_name FROM information_schema.columns WHERE \
                          table_schema = database() AND table_name = 'app_book' \
                          AND collation_name IS NOT NULL";
        let rows = database.open().query(collations, &[]).expect("the columns");
        let said: Vec<_> = rows.iter().filter_map(|it| it[0].text()).collect();
        assert_eq!(said, ["utf8mb4_bin", "utf8mb4_bin"], "{sql}");
        before = id;
    }
    // The type that it has, and no collation: that is what is said then.
    let sql = "ALTER TABLE app_book ALTER COLUMN remark TYPE VARCHAR(90);";
    let text = project::revision("c1", &before, sql, "");
    scene.project.write("tree/versions/c1.sql", &text);
    scene.types("migrate upgrade head", 0);
    let text = scene.types("migrate drift", 3);
    assert!(text.contains("app_book.name"), "{text}");
    assert!(!text.contains("app_book.remark"), "{text}");
}

#[test]
fn a_collation_that_goes_with_the_type_is_gone_after_one_revision() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let models = |name: &str| {
        format!(
            "CREATE TABLE \"{{prefix}}book\" (\n    id INTEGER PRIMARY KEY,\n    name {name}\n);\n"
        )
    };
    let scene = Scene::new(&database, &models("VARCHAR(40) COLLATE utf8mb4_bin"));
    scene.follows("a1", "");
    scene.models(&models("VARCHAR(80)"));
    scene.follows("a2", "");
    scene.types("migrate downgrade -1", 0);
    scene.models(&models("VARCHAR(40) COLLATE utf8mb4_bin"));
    let text = scene.types("migrate diff", 0);
    assert!(text.contains("No new upgrade operations"), "{text}");
}

/// What compares texts in another way than the database does, where none is said.
fn collation(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "NOCASE",
        Dialect::Postgres => "C",
        Dialect::Mysql => "utf8mb4_bin",
    }
}

#[test]
fn a_collation_stays_with_another_type_and_goes_by_name() {
    databases::each(|database| {
        let collation = collation(database.dialect());
        let models = |column: &str| {
            format!("CREATE TABLE {{prefix}}person (id INTEGER PRIMARY KEY, name {column});\n")
        };
        let scene = Scene::new(
            database,
            &models(&format!("TEXT NOT NULL COLLATE \"{collation}\"")),
        );
        scene.follows("a1", "");
        scene.models(&models(&format!(
            "VARCHAR(40) NOT NULL COLLATE \"{collation}\""
        )));
        let text = scene.follows("a2", "");
        assert!(!text.contains("takes the collation"), "{text}");
        if database.dialect() == Dialect::Sqlite {
            database.changes(&["INSERT INTO app_person VALUES (1, 'Ann')"]);
            let found = database
                .open()
                .query("SELECT count(*) FROM app_person WHERE name = 'ANN'", &[]);
            assert_eq!(found.expect("a count")[0][0].integer(), Some(1));
        }
        scene.models(&models("VARCHAR(50) NOT NULL"));
        let named = format!(
            "change type of column `app_person.name`, which loses its collation `{collation}`\n"
        );
        let check = scene.types("migrate check", 3);
        assert!(check.contains(&named), "{check}");
        let drafted = scene.types("migrate revision --autogenerate -m change --rev-id a3", 0);
        assert!(drafted.contains(&named), "{drafted}");
        let text = scene.types("cat tree/versions/a3_change.sql", 0);
        let note = format!("-- takes the collation {collation} from `name`\n");
        assert!(text.contains(&note), "{text}");
        let upgrade = scene.types("migrate upgrade head", 0);
        let says = upgrade.contains(&format!("`name`, which loses its collation `{collation}`"));
        assert_eq!(says, database.dialect() == Dialect::Sqlite, "{upgrade}");
        scene.is_settled();
        scene.types(
            "migrate downgrade a1 && migrate upgrade a2 && migrate drift",
            0,
        );
    });
}
