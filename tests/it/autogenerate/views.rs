//! Views on the way back: in the words of those who wrote them, which every engine reads.

use migration_core::dialect::Dialect;
use migration_tests::{client, databases};

use super::{Scene, by_hand};

const TABLE: &str = "CREATE TABLE {prefix}writer (id INTEGER PRIMARY KEY, name VARCHAR(40));\n";
const VIEW: &str = "CREATE VIEW {prefix}names AS\n\
                    SELECT upper(name) AS loud FROM {prefix}writer WHERE name <> 'x';\n";

#[test]
fn a_view_that_goes_while_its_table_is_renamed_comes_back_as_it_was_written() {
    databases::each(|database| {
        let scene = Scene::new(database, &format!("{TABLE}{VIEW}"));
        scene.follows("1a", "");
        let renamed = TABLE.replace("writer", "author");
        scene.models(&format!("-- renamed from {{prefix}}writer\n{renamed}"));
        let drafted = scene.follows("1b", "");
        let back = "CREATE VIEW \"{prefix}names\" AS\n\
                    SELECT upper(name) AS loud FROM {prefix}writer WHERE name <> 'x';\n";
        assert!(drafted.ends_with(back), "{drafted}");
        scene.types("migrate verify", 0);
        // Another engine reads it, too.
        let elsewhere = "sed 's/^dbms = .*/dbms = sqlite/; s/^dbname = .*/dbname = other.db/' \
                         migrate.ini > other.ini && migrate -c other.ini verify";
        scene.types(elsewhere, 0);
    });
}

#[test]
fn a_view_whose_table_was_renamed_by_hand_comes_back_with_the_name_that_holds() {
    databases::each(|database| {
        // The server leaves the view behind with a table that is not there.
        if database.dialect() == Dialect::Mysql {
            return;
        }
        let scene = Scene::new(database, &format!("{TABLE}{VIEW}"));
        scene.follows("1a", "");
        scene.project.write(
            "tree/versions/1b.sql",
            "-- by hand\n--\n-- Revision ID: 1b\n-- Revises: 1a\n\n-- migrate: upgrade\n\n\
             ALTER TABLE {prefix}writer RENAME TO {prefix}author;\n\n-- migrate: downgrade\n\n\
             ALTER TABLE {prefix}author RENAME TO {prefix}writer;\n",
        );
        scene.types("migrate upgrade heads", 0);
        scene.models(&TABLE.replace("writer", "author"));
        let drafted = scene.follows("1c", "");
        assert!(drafted.contains("CREATE VIEW"), "{drafted}");
        scene.types("migrate verify", 0);
    });
}

#[test]
fn a_script_that_takes_the_database_back_leaves_it_alone_where_it_has_changed_again() {
    databases::each(|database| {
        let scene = Scene::new(database, &format!("{TABLE}{VIEW}"));
        scene.follows("1a", "");
        let wider = match database.dialect() {
            Dialect::Sqlite => "ADD COLUMN more INTEGER",
            Dialect::Postgres => "ALTER COLUMN name TYPE VARCHAR(80)",
            Dialect::Mysql => "MODIFY COLUMN name VARCHAR(80)",
        };
        let by_hand = [
            "DROP VIEW app_names",
            &format!("ALTER TABLE app_writer {wider}"),
            "CREATE VIEW app_names AS SELECT name FROM app_writer",
        ];
        let ran = database.open().run(&by_hand);
        assert!(ran.is_ok(), "{ran:?}");
        let required = "-- required\n--\n-- Revision ID: 1b\n-- Revises: 1a\n\n-- migrate: upgrade\n\n\
             ALTER TABLE {prefix}writer ALTER COLUMN name SET NOT NULL;\n";
        scene.project.write("tree/versions/1b.sql", required);
        scene.types("migrate stamp 1b", 0);
        let script = scene.way_back();
        assert!(script.contains("DROP VIEW"), "{script}");
        let row = "INSERT INTO app_writer (id) VALUES (1)";
        assert!(database.open().run(&[row]).is_ok());
        let before = scene.types("migrate drift", 3);
        if let Some(said) = client::offer(database, &script) {
            assert!(said.is_err(), "{}: {script}", database.dialect());
            assert_eq!(scene.types("migrate drift", 3), before, "{script}");
        }
    });
}

/// A revision is for any database, so it cannot say whose rights are to come back.
#[test]
fn a_draft_says_above_what_it_makes_anew_that_rights_go_with_it() {
    databases::each(|database| {
        let scene = Scene::new(database, &format!("{TABLE}{VIEW}"));
        scene.follows("1a", "");
        let wider = TABLE.replace("VARCHAR(40)", "VARCHAR(80)");
        scene.models(&format!("{wider}{VIEW}"));
        let drafted = scene.follows("1b", "");
        let said = "-- the owner of this view and the rights that others have in it go with it: where \
                    there\n-- are any, say them again behind its CREATE, by ALTER ... OWNER TO and GRANT\n\
                    DROP VIEW ";
        let count = match database.dialect() {
            Dialect::Postgres => 2,
            Dialect::Sqlite | Dialect::Mysql => 0,
        };
        assert_eq!(drafted.matches(said).count(), count, "{drafted}");
        // What does not come back has no rights to say again.
        scene.models(&wider);
        let drafted = scene.follows("1c", "");
        let [up, _] = drafted.split("-- migrate: downgrade").collect::<Vec<_>>()[..] else {
            panic!("{drafted}");
        };
        assert!(
            up.contains("DROP VIEW") && !up.contains("say them again"),
            "{up}"
        );
    });
}

/// Whose rights a view has, and how it is computed.
#[test]
fn what_a_view_says_of_rights_is_drift_and_taken_back() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let view = "-- migrate: only mysql\n\
                CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW {prefix}v AS SELECT id FROM {prefix}t \
                WHERE id > 1;\n";
    let models = format!("CREATE TABLE {{prefix}}t (id INTEGER PRIMARY KEY);\n{view}");
    let scene = Scene::new(&database, &models);
    let drafted = scene.follows("a1", "");
    assert!(drafted.contains("SQL SECURITY INVOKER"), "{drafted}");
    for done in [
        "CREATE OR REPLACE SQL SECURITY DEFINER VIEW app_v AS SELECT id FROM app_t WHERE id > 1",
        "CREATE OR REPLACE ALGORITHM=TEMPTABLE SQL SECURITY INVOKER VIEW app_v AS SELECT id FROM app_t \
         WHERE id > 1",
        "CREATE OR REPLACE VIEW app_v AS SELECT 1 AS id",
        "DROP VIEW app_v",
    ] {
        let outcome = database.open().run(&[done]);
        assert!(outcome.is_ok(), "{outcome:?}");
        scene.types("migrate check", 3);
        scene.types("migrate drift", 3);
        let back = scene.way_back();
        let kept = "CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW \"app_v\" AS";
        assert!(back.contains(kept), "{back}");
        if client::feed(&database, &back).is_some() {
            scene.is_settled();
        }
    }
    // A draft that drops it brings it back with the same rights.
    scene.models("CREATE TABLE {prefix}t (id INTEGER PRIMARY KEY);\n");
    let drafted = scene.follows("a2", "");
    let (_, down) = drafted.split_once("downgrade").expect("it has a way back");
    assert!(down.contains("SQL SECURITY INVOKER"), "{drafted}");
    // What it reads is gone: it is broken as any other view.
    scene.types("migrate downgrade -1", 0);
    let outcome = database
        .open()
        .run(&["ALTER TABLE app_t RENAME COLUMN id TO other"]);
    assert!(outcome.is_ok(), "{outcome:?}");
    let drift = scene.types("migrate drift", 3);
    assert!(drift.contains("view `app_v` cannot be read"), "{drift}");
}

/// Who may use a view, who owns it and what is said of it, on PostgreSQL.
const AROUND: &str = "SELECT array_to_string(ARRAY[c.relowner::regrole::text, c.relacl::text, \
    (SELECT t.attacl::text FROM pg_attribute AS t WHERE t.attrelid = c.oid AND t.attname = 'loud'), \
    obj_description(c.oid, 'pg_class'), col_description(c.oid, 1), \
    (SELECT string_agg(obj_description(x.indexrelid, 'pg_class'), ',') FROM pg_index AS x \
        WHERE x.indrelid = c.oid)], '; ') FROM pg_class AS c WHERE c.relname = 'app_names'";

#[test]
fn a_script_gives_a_view_that_it_makes_anew_what_stood_around_it() {
    for kind in ["VIEW", "MATERIALIZED VIEW"] {
        let Some(database) = databases::fresh(Dialect::Postgres) else {
            return;
        };
        let index = match kind {
            "VIEW" => String::new(),
            _ => "CREATE INDEX {prefix}loud ON {prefix}names (loud);\n".to_owned(),
        };
        let view = VIEW.replace("VIEW", kind);
        let scene = Scene::new(&database, &format!("{TABLE}{view}{index}"));
        scene.follows("1a", "");
        let around = [
            format!("DROP {kind} app_names"),
            format!("CREATE {kind} app_names AS SELECT lower(name) AS loud FROM app_writer"),
            "GRANT SELECT, DELETE ON app_names TO PUBLIC".to_owned(),
            "GRANT SELECT ON app_names TO pg_monitor WITH GRANT OPTION".to_owned(),
            "GRANT UPDATE (loud), INSERT (loud) ON app_names TO pg_monitor".to_owned(),
            format!("COMMENT ON {kind} app_names IS 'it''s \\ loud'"),
            "COMMENT ON COLUMN app_names.loud IS 'in capitals'".to_owned(),
            format!("ALTER {kind} app_names OWNER TO pg_database_owner"),
        ];
        let around: Vec<&str> = around.iter().map(String::as_str).collect();
        by_hand(&database, &around);
        if kind != "VIEW" {
            let index = "CREATE INDEX app_loud ON app_names (loud)";
            by_hand(&database, &[index, "COMMENT ON INDEX app_loud IS 'finds'"]);
        }
        let asked = |it: &databases::TestDatabase| {
            let rows = it.open().query(AROUND, &[]).expect("it can be read");
            rows[0][0].text().expect("the view is there")
        };
        let before = asked(&database);
        for word in ["pg_database_owner", "in capitals", "pg_monitor=r*", "loud"] {
            assert!(before.contains(word), "{before}");
        }
        let back = scene.drifts(&[&format!("DROP {kind} ")]);
        if client::feed(&database, &back).is_some() {
            assert_eq!(asked(&database), before, "{back}");
            scene.types("migrate drift", 0);
        }
    }
}

#[test]
fn what_stood_around_a_column_that_the_new_view_lacks_is_left_out_aloud() {
    for (kind, other) in [
        ("VIEW", "MATERIALIZED VIEW"),
        ("MATERIALIZED VIEW", "VIEW"),
        ("MATERIALIZED VIEW", "MATERIALIZED VIEW"),
    ] {
        let Some(database) = databases::fresh(Dialect::Postgres) else {
            return;
        };
        let scene = Scene::new(&database, &format!("{TABLE}{}", VIEW.replace("VIEW", kind)));
        scene.follows("1a", "");
        let around = [
            format!("DROP {kind} app_names"),
            format!(
                "CREATE {other} app_names AS SELECT name AS loud, id AS \"the \"\"Id\" FROM app_writer"
            ),
            "GRANT SELECT (loud, \"the \"\"Id\") ON app_names TO PUBLIC".to_owned(),
            format!("COMMENT ON {other} app_names IS 'names'"),
            "COMMENT ON COLUMN app_names.loud IS 'it''s \\ loud'".to_owned(),
            "COMMENT ON COLUMN app_names.\"the \"\"Id\" IS 'it''s %'".to_owned(),
        ];
        let around: Vec<&str> = around.iter().map(String::as_str).collect();
        by_hand(&database, &around);
        if other != "VIEW" {
            let index = "CREATE INDEX app_ids ON app_names (\"the \"\"Id\")";
            by_hand(&database, &[index, "COMMENT ON INDEX app_ids IS 'finds'"]);
        }
        let back = scene.drifts(&[&format!("DROP {other} ")]);
        if client::feed(&database, &back).is_some() {
            let rows = database.open().query(AROUND, &[]).expect("it can be read");
            let after = rows[0][0].text().expect("the view is there");
            for word in ["{=r/", "it's \\ loud", "names"] {
                assert!(after.contains(word), "{after}\n{back}");
            }
            scene.types("migrate drift", 0);
        }
    }
}

#[test]
fn rights_that_a_new_view_has_by_itself_are_those_of_the_old_one() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let scene = Scene::new(&database, &format!("{TABLE}{VIEW}"));
    scene.follows("1a", "");
    let rights = "SELECT array_to_string(ARRAY(SELECT concat(a.grantee, a.privilege_type, \
        a.is_grantable) FROM pg_class AS c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) \
        AS a WHERE c.relname = 'app_names' ORDER BY 1), ' ')";
    let anew = "CREATE VIEW app_names AS SELECT lower(name) AS loud FROM app_writer";
    // Whether the owner's own rights are said with it.
    for (around, says_own) in [
        // Nothing was said of the view: what is given to new ones is not for it.
        (
            &["ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pg_monitor, PUBLIC"] as &[&str],
            false,
        ),
        (&["REVOKE UPDATE, DELETE ON app_names FROM tester"], true),
        (&["GRANT SELECT ON app_names TO pg_monitor"], false),
        (
            &["ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM tester"],
            true,
        ),
        (
            &[
                "GRANT SELECT ON app_names TO tester",
                "ALTER VIEW app_names OWNER TO pg_database_owner",
            ],
            false,
        ),
    ] {
        by_hand(&database, &["DROP VIEW app_names", anew]);
        by_hand(&database, around);
        let asked = || {
            let rows = database.open().query(rights, &[]).expect("it can be read");
            rows[0][0].text().expect("it has rights")
        };
        let before = asked();
        let back = scene.drifts(&["DROP VIEW "]);
        assert_eq!(back.contains(" FROM tester"), says_own, "{back}");
        if client::feed(&database, &back).is_some() {
            assert_eq!(asked(), before, "{around:?}\n{back}");
            scene.types("migrate drift", 0);
        }
    }
}
