//! `extras/alembic/convert.py`: Alembic's revisions become ours, and a database goes on where Alembic
//! left it.

use migration_tests::alembic;
use migration_tests::project::{Project, revision};

/// Id, what it revises as Python writes it, more lines of the kind, and both bodies.
const REVISIONS: [(&str, &str, &str, &str, &str); 6] = [
    (
        "a1",
        "None",
        "",
        "op.create_table('person', sa.Column('id', sa.Integer, primary_key=True), \
         sa.Column('name', sa.String(50), server_default=\"it's; BEGIN;\"))",
        "op.drop_table('person')",
    ),
    (
        "b1",
        "'a1'",
        "branch_labels = ('west',)",
        "op.add_column('person', sa.Column('mail', sa.String(120)))\n    \
         op.execute(\"UPDATE person SET mail = '5% {prefix}'\")",
        "op.drop_column('person', 'mail')",
    ),
    (
        "b2",
        "'a1'",
        "",
        "with op.get_context().autocommit_block():\n        \
         op.create_index('ix_name', 'person', ['name'])\n    \
         op.create_index('ix_both', 'person', ['id', 'name'])",
        "op.drop_index('ix_both')\n    op.drop_index('ix_name')",
    ),
    ("c1", "('b1', 'b2')", "", "pass", "pass"),
    (
        "d1",
        "'c1'",
        "depends_on = 'b2'",
        "op.create_table('log', sa.Column('line', sa.Text))\n    \
         op.get_bind().execute(sa.text('SELECT 1')).fetchall()",
        "raise NotImplementedError('there is no way back')",
    ),
    (
        "e1",
        "'d1'",
        "",
        "op.rename_table('log', 'journal')\n    \
         with op.batch_alter_table('person') as person:\n        \
         person.alter_column('name', existing_type=sa.String(50), type_=sa.String(60), nullable=False)\n        \
         person.create_unique_constraint('one_mail', ['mail'])",
        "with op.batch_alter_table('person') as person:\n        \
         person.drop_constraint('one_mail', type_='unique')\n        \
         person.alter_column('name', existing_type=sa.String(60), type_=sa.String(50), nullable=True)\n    \
         op.rename_table('journal', 'log')",
    ),
];

const NO_DRIFT: &str = "The database is what its revisions made of it.\n";

fn project(url: &str) -> Project {
    let project = Project::new();
    project.write(
        "alembic.ini",
        &format!(
            "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = {url}\n\
             [sqldb]\nurl = sqlite:///app.db\n[migration]\nscript_location = %(here)s/migrations\n"
        ),
    );
    project.write("migrations/env.py", alembic::ENV);
    for (id, revises, more, up, down) in REVISIONS {
        let text = format!(
            "\"\"\"the   step {id}\n\nRevision ID: {id}\nCreate Date: 2024-03-01 09:00:00\n\"\"\"\n\
             import sqlalchemy as sa\nfrom alembic import op\n\
             revision = '{id}'\ndown_revision = {revises}\n{more}\n\
             def upgrade():\n    {up}\n\ndef downgrade():\n    {down}\n"
        );
        project.write(&format!("migrations/versions/{id}_step.py"), &text);
    }
    project
}

#[test]
fn revisions_of_alembic_become_ours_and_the_database_goes_on() {
    let Some(python) = alembic::python() else {
        return;
    };
    let python = python.display();
    let project = project("sqlite:///app.db");
    project.types(0, &format!("{python} -m alembic upgrade b1"));
    let said = project.types(
        1,
        &format!("{python} {} -c alembic.ini", alembic::converter()),
    );
    assert!(
        said.contains("d1_the_step_d1.sql\n  upgrade: to be written by hand: ")
            && said.contains("  downgrade: to be written by hand: there is no way back\n"),
        "{said}"
    );
    assert_eq!(project.types(0, "migrate -c alembic.ini current"), "b1\n");
    assert_eq!(project.types(0, "migrate -c alembic.ini drift"), NO_DRIFT);
    // What has to be written stops before anything runs.
    let said = project.types(1, "migrate -c alembic.ini upgrade head");
    assert!(
        said.contains("upgrade of revision `d1`") && said.contains("to be written by hand"),
        "{said}"
    );
    assert_eq!(project.types(0, "migrate -c alembic.ini current"), "b1\n");
    project.types(0, "sed -i '/irreversible/d' migrations/versions/d1_*.sql");
    project.types(0, "migrate -c alembic.ini upgrade head");
    assert_eq!(
        project.types(0, "migrate -c alembic.ini current"),
        "e1 (head)\n"
    );
    project.types(0, &format!("{python} -m alembic downgrade d1"));
    assert_eq!(project.types(0, "migrate -c alembic.ini current"), "d1\n");
    project.types(0, "migrate -c alembic.ini upgrade head");
    assert_eq!(project.types(0, "migrate -c alembic.ini drift"), NO_DRIFT);
    // A batch of Alembic's makes what `ALTER TABLE` makes here.
    project.types(0, "migrate -c alembic.ini downgrade d1");
    assert_eq!(project.types(0, "migrate -c alembic.ini drift"), NO_DRIFT);
    project.types(0, &format!("{python} -m alembic upgrade head"));
    assert_eq!(project.types(0, "migrate -c alembic.ini drift"), NO_DRIFT);
    // What is there already is left as it is.
    let said = project.types(
        0,
        &format!("{python} {} -c alembic.ini", alembic::converter()),
    );
    assert_eq!(said.matches("is there already").count(), REVISIONS.len());
}

#[test]
fn a_converted_revision_says_what_alembic_says() {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project("postgresql://u@nowhere/d");
    let line = format!(
        "{} {} -c alembic.ini --to sql",
        python.display(),
        alembic::converter()
    );
    project.types(1, &line);
    let read = |id: &str| project.types(0, &format!("cat sql/{id}_the_step_{id}.sql"));
    assert_eq!(
        read("b1"),
        "-- the step b1\n--\n-- Revision ID: b1\n-- Revises: a1\n\
         -- Create Date: 2024-03-01 09:00:00\n-- Branch Labels: west\n\n\
         -- migrate: upgrade\n\n\
         ALTER TABLE person ADD COLUMN mail VARCHAR(120);\n\n\
         UPDATE person SET mail = '5% {{prefix}}';\n\n\
         -- migrate: downgrade\n\nALTER TABLE person DROP COLUMN mail;\n"
    );
    let text = read("b2");
    let upgrade = "-- migrate: upgrade\n\n\
         -- migrate: autocommit\nCREATE INDEX ix_name ON person (name);\n\n\
         CREATE INDEX ix_both ON person (id, name);\n\n";
    assert!(text.contains(upgrade), "{text}");
    let text = read("c1");
    assert!(text.contains("-- Revises: b1, b2\n"), "{text}");
    assert!(text.ends_with("-- migrate: upgrade\n\n-- migrate: downgrade\n"));
    let text = read("d1");
    assert!(text.contains("-- Depends On: b2\n"), "{text}");
    let upgrade = "CREATE TABLE log (\n    line TEXT\n);\n\nSELECT 1;\n\n\
                   -- migrate: irreversible to be written by hand: ";
    assert!(text.contains(upgrade), "{text}");
}

#[test]
fn a_version_table_of_another_name_is_named() {
    let project = Project::new();
    project.write(
        "migrate.ini",
        "[sqldb]\nurl = sqlite:///app.db\n[migration]\nscript_location = migrations\n",
    );
    project.write(
        "migrations/versions/a1_one.sql",
        &revision("a1", "", "CREATE TABLE t (id INTEGER);", "DROP TABLE t;"),
    );
    let made = "CREATE TABLE shop_version (version_num VARCHAR(32) NOT NULL)";
    project.types(0, &format!("sqlite3 app.db '{made}'"));
    let warning = "warning: there is no version table `alembic_version`, but `shop_version` looks like \
                   one of Alembic's: when it is this component's, write `version_table = shop_version` \
                   in `[migration]`\n";
    for command in ["current", "status", "plan upgrade"] {
        let said = project.types(0, &format!("migrate {command}"));
        assert_eq!(said.matches(warning).count(), 1, "{command}\n{said}");
    }
    project.types(0, "echo version_table = shop_version >>migrate.ini");
    project.types(0, "migrate upgrade");
    // With a ledger it is of another component of ours.
    project.types(0, "sed -i /version_table/d migrate.ini");
    let said = project.types(0, "migrate current");
    assert_eq!(said, "The database has no revision yet.\n");
}

#[test]
fn a_revision_that_is_not_converted_yet_is_named() {
    let project = Project::new();
    project.write(
        "migrate.ini",
        "[sqldb]\nurl = sqlite:///app.db\n[migration]\nscript_location = migrations\n",
    );
    project.write("migrations/versions/more/a1_one.py", "");
    let rows = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); \
                INSERT INTO alembic_version VALUES (\\\"a1\\\")";
    project.types(0, &format!("sqlite3 app.db \"{rows}\""));
    let said = project.types(1, "migrate upgrade");
    assert!(
        said.contains(
            "versions/more/a1_one.py` and in no `.sql` file\nhint: `convert.py`, run again"
        ),
        "{said}"
    );
}
