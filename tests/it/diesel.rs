//! What `models diesel` writes is Rust that Diesel takes: the files below `tests/cases/diesel` are its
//! output for each engine, and they are compiled here. `UPDATE_CASES=1` writes them anew.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read and write cases"
)]

use migration_core::dialect::Dialect;
use migration_tests::command::{root, said};
use migration_tests::project::Project;

mod sqlite {
    include!("../cases/diesel/sqlite.txt");
}

#[expect(unreachable_pub, reason = "it is written for a crate of its own")]
mod postgresql {
    include!("../cases/diesel/postgresql.txt");
}

#[expect(unreachable_pub, reason = "it is written for a crate of its own")]
mod mysql {
    include!("../cases/diesel/mysql.txt");
}

#[test]
fn the_schema_for_diesel_is_what_was_compiled() {
    let directory = root().join("tests/cases/diesel");
    let models = std::fs::read_to_string(directory.join("models.sql")).expect("the models");
    for dialect in Dialect::ALL {
        let project = Project::new();
        project.write("models.sql", &models);
        let ini = format!(
            "[sqldb]\ndbms = {dialect}\ndbname = app\ntables_prefix = app\n[migration]\n\
             script_location = tree\nmodels = models.sql\n"
        );
        project.write("migrate.ini", &ini);
        project.write("tree/versions/.keep", "");
        let output = project.shell("migrate models diesel -o schema.rs && cat schema.rs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let written = String::from_utf8(output.stdout).expect("text");
        let written = written.split_once("// ").map_or("", |(_, it)| it);
        let path = directory.join(format!("{dialect}.txt"));
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, format!("// {written}")).expect("the case is writable");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(expected, format!("// {written}"), "{}", path.display());
    }
}

#[test]
fn queries_are_written_on_it() {
    use diesel::prelude::*;
    let of_owner = sqlite::owner::table
        .inner_join(sqlite::file_ext::table)
        .filter(sqlite::owner::mail.eq("a"))
        .select(sqlite::file_ext::type_);
    let text = diesel::debug_query::<diesel::pg::Pg, _>(&of_owner).to_string();
    assert!(text.contains("\"app_fileExt\".\"type\""), "{text}");
    let _ = (postgresql::pair::table, mysql::pair::table);
}
