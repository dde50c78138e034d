//! Version tables that no plan starts from, and those that are another component's: every command says
//! so, and what leads out.

use migration_tests::command::holds;
use migration_tests::databases;
use migration_tests::project::{Project, revision};

const SAYS: &str = "version row `c3` overlaps with `b2`, which it includes";

/// Two branches were applied, and then one was put above the other.
#[test]
fn rows_that_overlap_are_said_by_those_who_only_look() {
    databases::each(|database| {
        let table = |name: &str| format!("CREATE TABLE {name} (id INTEGER PRIMARY KEY);");
        let (a, b, c) = (table("a"), table("b"), table("c"));
        let tree = [
            ["a1", "", &a, "DROP TABLE a;"],
            ["b2", "a1", &b, "DROP TABLE b;"],
            ["c3", "a1", &c, "DROP TABLE c;"],
        ];
        let project = Project::on(database, &tree);
        project.types(0, "migrate upgrade -q heads");
        let clean = project.types(0, "migrate status --check && migrate current --check-heads");
        assert!(!clean.contains("overlaps"), "{clean}");
        let above = revision("c3", "b2", &c, "DROP TABLE c;");
        project.write("migrations/versions/c3.sql", &above);
        let way = "`stamp --purge c3` puts the version table in order and runs nothing";
        for line in ["migrate status", "migrate current"] {
            holds(
                &project.types(0, line),
                &["warning: the version table has a row too many", SAYS, way],
            );
        }
        for line in ["migrate status --check", "migrate current --check-heads"] {
            holds(&project.types(3, line), &[&format!("error: {SAYS}"), way]);
        }
        for line in ["migrate upgrade", "migrate downgrade"] {
            holds(&project.types(1, line), &[&format!("error: {SAYS}"), way]);
        }
        project.types(0, "migrate stamp --purge c3");
        let text = project.types(
            0,
            "migrate status --check && migrate current --check-heads && migrate upgrade && migrate drift",
        );
        assert!(!text.contains("overlaps"), "{text}");
    });
}

/// Two components of one binary, or a wrong ini: to undo what is applied would be the worst of it.
#[test]
fn where_nothing_of_here_is_applied_the_database_is_asked_about_first() {
    databases::each(|database| {
        let tree = [[
            "a1",
            "",
            "CREATE TABLE a (id INTEGER PRIMARY KEY);",
            "DROP TABLE a;",
        ]];
        let project = Project::on(database, &tree);
        project.types(0, "migrate upgrade -q");
        project.types(0, "rm migrations/versions/a1.sql");
        let gone = project.types(0, "migrate status");
        assert!(!gone.contains("the right database"), "{gone}");
        let other = revision(
            "z1",
            "",
            "CREATE TABLE z (id INTEGER PRIMARY KEY);",
            "DROP TABLE z;",
        );
        project.write("migrations/versions/z1.sql", &other);
        for (line, code) in [("migrate status", 0), ("migrate upgrade", 1)] {
            let text = project.types(code, line);
            let asks = "no revision of here is applied";
            holds(
                &text,
                &[asks, "is it the right database", "`version_table`"],
            );
            assert!(!text.contains("downgrade base"), "{text}");
            let (before, after) = text.split_once(asks).expect("it was found");
            assert!(!before.contains("put its file back"), "{text}");
            assert!(after.contains("its file"), "{text}");
        }
    });
}
