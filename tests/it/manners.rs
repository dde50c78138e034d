//! What people stumble over: words that were mistyped, nothing to show, a right that is lacking.

use migration_core::dialect::Dialect;
use migration_tests::databases;
use migration_tests::project::{Project, revision};

#[test]
fn the_likeliest_command_is_suggested_first_and_each_once() {
    let project = Project::named("tree");
    let text = project.types(2, "migrate upgrde");
    let tip =
        "  tip: some similar subcommands exist: 'upgrade', 'downgrade', 'upgrade-and-close'\n";
    assert!(text.contains(tip), "{text}");
    let json = project.types(2, "migrate --json upgrde");
    assert!(
        json.contains("did you mean `upgrade` or `downgrade`"),
        "{json}"
    );
}

#[test]
fn a_revision_that_is_not_there_is_no_name_that_was_abbreviated() {
    let project = Project::named("tree");
    let text = project.types(1, "migrate history -r foo:");
    assert!(
        text.ends_with("hint: `history` lists all revisions\n"),
        "{text}"
    );
}

#[test]
fn what_is_known_of_a_revision_is_said_once_and_without_blanks_at_the_end() {
    let project = Project::named("tree");
    let text = project.types(0, "migrate show dddd4");
    assert_eq!(text.matches("bbbb2, cccc3").count(), 1, "{text}");
    assert!(text.contains("\n    merge it\n"), "{text}");
    assert!(text.contains("    Create Date: "), "{text}");
    assert!(!text.lines().any(|line| line.ends_with(' ')), "{text:?}");
}

#[test]
fn a_picture_of_nothing_is_refused_in_one_way() {
    let project = Project::new();
    project.write(
        "migrate.ini",
        "[sqldb]\ndbms = sqlite\ndbname = a.db\n[migration]\nscript_location = m\n",
    );
    project.types(0, "mkdir -p m/versions");
    let graph = project.types(1, "migrate graph --offline");
    let history = project.types(1, "migrate history --graph --offline");
    assert_eq!(history, graph);
    assert!(
        graph.contains("hint: `revision -m TEXT` writes the first one\n"),
        "{graph}"
    );
    // A list of nothing is an empty list.
    assert_eq!(project.types(0, "migrate history"), "");
}

#[test]
fn a_file_goes_into_no_directory_that_is_not_there() {
    let project = Project::named("tree");
    let text = project.types(1, "migrate graph --offline -o nowhere/a.svg");
    assert!(
        text.starts_with("error: cannot write `nowhere/a.svg`\n"),
        "{text}"
    );
    assert!(!project.path().join("nowhere").exists());
    project.types(0, "mkdir here && migrate graph --offline -o here/a.svg");
    assert!(project.path().join("here/a.svg").exists());
}

#[test]
fn info_names_the_server_of_a_database_with_a_revision_that_nobody_knows() {
    databases::each(|database| {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}{location}", database.ini()));
        let one = revision(
            "aaaa1",
            "",
            "CREATE TABLE one (id INTEGER);",
            "DROP TABLE one;",
        );
        project.write("m/versions/a.sql", &one);
        project.types(0, "migrate upgrade");
        let other = revision("bbbb2", "", "", "");
        project.write("m/versions/a.sql", &other);
        database
            .open()
            .run(&["DROP TABLE alembic_version_log"])
            .expect("the ledger is there");
        let text = project.types(1, "migrate info");
        let server = database.open().server().to_owned();
        assert!(text.contains(&format!("\nserver     {server}\n")), "{text}");
        assert!(text.contains("\ncurrent    aaaa1\n"), "{text}");
        assert!(text.contains("\npending    ?\n"), "{text}");
        assert!(
            text.contains("the database is at revision `aaaa1`"),
            "{text}"
        );
    });
}

#[test]
fn who_lacks_a_right_is_told_who_gives_it() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut owner = database.open();
    owner
        .run(&[
            "CREATE ROLE \"weak one\" LOGIN PASSWORD 'weak-1'",
            "CREATE TABLE theirs (id INTEGER)",
            "CREATE SCHEMA shut",
            "GRANT ALL ON SCHEMA public TO \"weak one\"",
        ])
        .expect("the owner may do it");
    let user = &database.server().expect("a server").user;
    let user = user.as_deref().expect("the tests name a user");
    let ini = database.ini();
    let ini = ini.replace(&format!("username = {user}"), "username = weak one");
    let ini = ini.replace("password = hush-4711", "password = weak-1");
    let refused = |up: &str| {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{ini}{location}"));
        project.write("m/versions/a.sql", &revision("aaaa1", "", up, ""));
        project.types(1, "migrate upgrade")
    };
    let text = refused("ALTER TABLE theirs ADD COLUMN a INTEGER;");
    assert!(text.contains("must be owner of table theirs\n"), "{text}");
    let hint = "hint: only the owner may do that: migrate as the user who made table theirs, or an \
                administrator hands it over: ALTER ... OWNER TO \"weak one\";";
    assert!(text.contains(hint), "{text}");
    let text = refused("CREATE TABLE shut.a (id INTEGER);");
    let hint =
        "hint: an administrator grants it: GRANT USAGE, CREATE ON SCHEMA \"shut\" TO \"weak one\";";
    assert!(text.contains(hint), "{text}");
    let text = refused("INSERT INTO theirs VALUES (1);");
    let hint = "hint: an administrator grants it to \"weak one\", or migrate as the owner of what is \
                changed";
    assert!(text.contains(hint), "{text}");
    owner
        .run(&["DROP OWNED BY \"weak one\"", "DROP ROLE \"weak one\""])
        .expect("nobody needs it");
}

#[test]
fn who_may_only_read_on_mysql_is_told_that_another_user_migrates() {
    let Some(database) = databases::fresh(Dialect::Mysql) else {
        return;
    };
    let name = &database.server().expect("a server").database;
    let mut root = database.open();
    let grant = format!("GRANT SELECT ON {name}.* TO 'reader'@'%'");
    let made = [
        "CREATE OR REPLACE USER 'reader'@'%' IDENTIFIED BY 'reads-1'",
        &grant,
    ];
    root.run(&made).expect("the tests' user may do it");
    let ini = database.ini();
    let user = database.server().and_then(|it| it.user.clone());
    let user = user.expect("the tests name a user");
    let ini = ini.replace(&format!("username = {user}"), "username = reader");
    let ini = ini.replace("password = hush-4711", "password = reads-1");
    let project = Project::new();
    let location = "[migration]\nscript_location = %(here)s/m\n";
    project.write("migrate.ini", &format!("{ini}{location}"));
    let text = "CREATE TABLE a (id INTEGER);";
    project.write("m/versions/a.sql", &revision("aaaa1", "", text, ""));
    let said = project.types(1, "migrate upgrade");
    let hint = "hint: an administrator grants it, unless `username` is not the user who migrates";
    assert!(said.contains(hint), "{said}");
    root.run(&["DROP USER 'reader'@'%'"])
        .expect("nobody needs it");
}

#[test]
fn whoever_forbids_null_where_rows_hold_it_is_told_the_way_on_every_engine() {
    databases::each(|database| {
        let project = Project::new();
        let location = "[migration]\nscript_location = %(here)s/m\n";
        project.write("migrate.ini", &format!("{}{location}", database.ini()));
        let filled = "CREATE TABLE one (id INTEGER PRIMARY KEY, age INTEGER);\n\
                      INSERT INTO one (id) VALUES (1);";
        let file = "m/versions/a.sql";
        project.write(file, &revision("aaaa1", "", filled, "DROP TABLE one;"));
        project.types(0, "migrate upgrade");
        for up in [
            "ALTER TABLE one ALTER COLUMN age SET NOT NULL;",
            "ALTER TABLE one ADD COLUMN size INTEGER NOT NULL;",
        ] {
            project.write("m/versions/b.sql", &revision("bbbb2", "aaaa1", up, ""));
            let text = project.types(1, "migrate upgrade");
            assert!(text.contains("hint: "), "{text}");
            let ways = ["fill it by an UPDATE", "correct them before the change"];
            assert!(ways.iter().any(|way| text.contains(way)), "{text}");
        }
    });
}

#[test]
fn a_terminal_is_shown_how_far_the_work_is_and_nobody_else() {
    let project = Project::new();
    project.write(
        "migrate.ini",
        "[sqldb]\ndbms = sqlite\ndbname = a.db\n[migration]\nscript_location = m\n",
    );
    let slow = "CREATE TABLE one (id INTEGER PRIMARY KEY);\n\
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) \
                INSERT INTO one SELECT i FROM n;\n\
                CREATE TABLE two (id INTEGER);";
    let down = "DROP TABLE two;\nDELETE FROM one;\nDROP TABLE one;";
    project.write("m/versions/a.sql", &revision("aaaa1", "", slow, down));
    let on_terminal = |line: &str| format!("script -qec 'stty cols 120; migrate {line}' /dev/null");
    let drawn = project.types(0, &on_terminal("upgrade"));
    assert!(drawn.contains("1/3 "), "{drawn}");
    assert!(drawn.contains("aaaa1, statement 2 of 3: "), "{drawn}");
    assert!(drawn.contains("Done: 1 step in "), "{drawn}");
    let down = "downgrade --allow-data-loss";
    for line in [
        format!("{down} -q"),
        "upgrade --no-progress".to_owned(),
        format!("{down} -v"),
    ] {
        let text = project.types(0, &on_terminal(&line));
        assert!(!text.contains("statement 2 of"), "{line}: {text}");
    }
    let text = project.types(0, "migrate upgrade");
    assert!(!text.contains("statement"), "{text}");
}
