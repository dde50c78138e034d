//! Types that change: one text whatever engine drafts it.

use migration_tests::databases;

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
