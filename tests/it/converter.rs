//! `extras/alembic/convert.py`: what of a revision in Python becomes SQL, and what says that it has to
//! be written by hand.

use migration_tests::alembic;
use migration_tests::project::Project;

const HEAD: &str = "\
import sqlalchemy as sa
from alembic import context, op
t = sa.table('t', sa.column('id', sa.Integer), sa.column('a', sa.String),
             sa.column('j', sa.JSON), sa.column('b', sa.LargeBinary))
whole = sa.Table('t', sa.MetaData(), sa.Column('id', sa.Integer), sa.Column('a', sa.String, default='x'))
";

const OFFLINE: &str =
    "it asks whether Alembic only prints its SQL, and may do something else where it runs";

/// A revision of Alembic's, with the docstring and the body of its upgrade.
fn revision(project: &Project, id: &str, revises: &str, doc: &str, body: &str) {
    let body = body.replace('\n', "\n    ");
    let text = format!(
        "\"\"\"{doc}Revision ID: {id}\nRevises: {revises}\nCreate Date: 2024-03-01\n\n\"\"\"\n{HEAD}\
         revision = '{id}'\ndown_revision = {revises}\n\ndef upgrade():\n    {body}\n\n\
         def downgrade():\n    pass\n"
    );
    project.write(&format!("migrations/versions/{id}.py"), &text);
}

fn project(url: &str) -> Project {
    let project = Project::new();
    let ini = format!("[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = {url}\n");
    project.write("alembic.ini", &ini);
    project.write("migrations/env.py", alembic::ENV);
    project
}

/// What a body becomes for an engine, without the blank lines between its statements.
#[track_caller]
fn check(url: &str, cases: &[(&str, &str)]) {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project(url);
    let mut revises = "None".to_owned();
    for (number, (body, _)) in cases.iter().enumerate() {
        revision(&project, &format!("r{number}"), &revises, "", body);
        revises = format!("'r{number}'");
    }
    let line = format!("{} {}", python.display(), alembic::converter());
    let output = project.shell(&line);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    for (number, (body, statements)) in cases.iter().enumerate() {
        let text = project.types(
            0,
            &format!("cat migrations/versions/r{number}_revision.sql"),
        );
        let (_, text) = text.split_once("-- migrate: upgrade\n").expect("a section");
        let (text, _) = text.split_once("-- migrate: downgrade\n").expect("both");
        let lines = text.lines().filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join("\n");
        assert_eq!(text, *statements, "{body}");
    }
}

fn by_hand(before: &str, why: &str) -> String {
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("{before}\n")
    };
    format!("{before}-- migrate: irreversible to be written by hand: {why}")
}

#[test]
fn parameters_of_the_connection_stand_in_the_statement() {
    check(
        "sqlite://",
        &[
            (
                "op.get_bind().execute(sa.text('UPDATE t SET a = :a WHERE id = :x'), {'a': \"it's\", 'x': 7})",
                "UPDATE t SET a = 'it''s' WHERE id = 7;",
            ),
            (
                "op.get_bind().execute(sa.text('INSERT INTO t (id) VALUES (:i)'), [{'i': 2}, {'i': None}])",
                "INSERT INTO t (id) VALUES (2);\nINSERT INTO t (id) VALUES (NULL);",
            ),
            (
                "op.get_bind().execute(t.insert(), [{'id': 1, 'a': 'x'}, {'id': 2}])",
                "INSERT INTO t (id, a) VALUES (1, 'x');\nINSERT INTO t (id) VALUES (2);",
            ),
            (
                "op.get_bind().execute(t.update().where(t.c.id == sa.bindparam('w')).values(a='x%y'), {'w': 1})",
                "UPDATE t SET a='x%y' WHERE t.id = 1;",
            ),
            (
                "many = sa.text('DELETE FROM t WHERE id IN :ids').bindparams(sa.bindparam('ids', expanding=True))\n\
                 op.get_bind().execute(many, {'ids': [1, 2]})",
                "DELETE FROM t WHERE id IN (1, 2);",
            ),
            (
                "op.bulk_insert(whole, [{'id': 1}])",
                "INSERT INTO t (id, a) VALUES (1, 'x');",
            ),
            (
                "op.bulk_insert(t, [{'j': {'k': \"it's\"}, 'b': bytes([0, 39])}, {'j': None, 'b': None}])",
                "INSERT INTO t (j, b) VALUES ('{\"k\": \"it''s\"}', X'0027');\n\
                 INSERT INTO t (j, b) VALUES ('null', NULL);",
            ),
        ],
    );
}

#[test]
fn what_cannot_be_written_has_to_be_written_by_hand() {
    check(
        "sqlite://",
        &[
            (
                "if not context.is_offline_mode(): op.execute('DELETE FROM t')",
                &by_hand("", OFFLINE),
            ),
            (
                "if op.get_context().as_sql: return\nop.execute('DELETE FROM t')",
                &by_hand("", OFFLINE),
            ),
            (
                "op.add_column('t', sa.Column('c', sa.Boolean))\nop.get_context().impl.as_sql",
                &by_hand("ALTER TABLE t ADD COLUMN c BOOLEAN;", OFFLINE),
            ),
            (
                "op.execute(sa.table('t', sa.column('id')).insert())",
                &by_hand("", "the parameter `id` has no value"),
            ),
            (
                "op.execute(sa.text('UPDATE t SET a = :a'))",
                &by_hand("", "the parameter `a` has no value"),
            ),
            (
                "whole.c.a.default = sa.ColumnDefault(lambda: 'x')\nop.bulk_insert(whole, [{'id': 1}])",
                &by_hand("", "a function in Python gives `t.a` its value"),
            ),
            (
                "try: op.get_bind().execute(sa.text('UPDATE t SET a = :a'), {'a': 1j})\nexcept Exception: pass",
                &by_hand(
                    "",
                    "No literal value renderer is available for literal value \"1j\" with datatype NULL",
                ),
            ),
        ],
    );
}

#[test]
fn nothing_is_asked_of_the_database() {
    check(
        "sqlite://",
        &[
            (
                "try: names = sa.inspect(op.get_bind()).get_table_names()\nexcept Exception: names = []",
                &by_hand("", "it asks the database what is there"),
            ),
            (
                "if getattr(op.get_bind(), 'closed', True): return",
                &by_hand("", "it asks the database by `closed` of the connection"),
            ),
            (
                "if op.get_bind().scalar(sa.text('SELECT 1')): return",
                &by_hand("", "it asks the database by `scalar` of the connection"),
            ),
        ],
    );
}

#[test]
fn the_result_of_a_statement_is_not_known() {
    check(
        "sqlite://",
        &[
            (
                "try:\n    for row in op.get_bind().execute(sa.text('SELECT 1')): op.execute('DELETE FROM t')\n\
                 except Exception: pass",
                &by_hand("SELECT 1;", "it uses the rows of a statement"),
            ),
            (
                "done = op.get_bind().execute(sa.text('UPDATE t SET a = 1'))\n\
                 if done is not None and done.rowcount: op.execute('DELETE FROM t')",
                &by_hand(
                    "UPDATE t SET a = 1;",
                    "it uses the result of a statement by `rowcount`",
                ),
            ),
        ],
    );
}

#[test]
fn each_statement_ends_once_and_keeps_its_text() {
    check(
        "postgresql://u@nowhere/d",
        &[
            ("op.execute('DELETE FROM t;')", "DELETE FROM t;"),
            (
                "op.execute('DELETE FROM t; -- all')",
                "DELETE FROM t; -- all",
            ),
            (
                "op.execute('DELETE FROM t -- all')",
                "DELETE FROM t -- all\n;",
            ),
            (
                "op.execute('DELETE FROM t /* all */')",
                "DELETE FROM t /* all */;",
            ),
            (
                "op.execute(\"DELETE FROM t WHERE a = '-- all'\")",
                "DELETE FROM t WHERE a = '-- all';",
            ),
            ("op.execute('-- nothing')", "-- nothing"),
            (
                "op.bulk_insert(t, [{'a': chr(92) + chr(9) + '100%%', 'b': bytes([0, 92])}])",
                "INSERT INTO t (a, b) VALUES ('\\\t100%%', '\\x005c');",
            ),
            (
                "op.execute('-- migrate: only mysql\\nDELETE FROM t')",
                "-- \u{b7} migrate: only mysql\nDELETE FROM t;",
            ),
            (
                "op.bulk_insert(t, [{'a': 'a\\n-- migrate: downgrade'}])",
                &by_hand(
                    "INSERT INTO t (a) VALUES ('a\n-- \u{b7} migrate: downgrade');",
                    "a text has a line that begins with `-- migrate:`",
                ),
            ),
            (
                "with op.get_context().autocommit_block():\n    op.execute('VACUUM')\nop.execute('DELETE FROM t')",
                "-- migrate: autocommit\nVACUUM;\nDELETE FROM t;",
            ),
        ],
    );
}

#[test]
fn changes_in_a_batch_are_made_by_alter_table() {
    check(
        "sqlite://",
        &[
            (
                "with op.batch_alter_table('t') as it:\n    \
                 it.alter_column('a', type_=sa.String(9), nullable=False, new_column_name='c')\n    \
                 it.create_unique_constraint('one', ['c'])\n    it.drop_constraint('two', type_='unique')",
                "ALTER TABLE t ALTER COLUMN a SET NOT NULL;\n\
                 ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(9);\n\
                 ALTER TABLE t RENAME COLUMN a TO c;\nALTER TABLE t ADD CONSTRAINT one UNIQUE (c);\n\
                 ALTER TABLE t DROP CONSTRAINT two;",
            ),
            (
                "with op.batch_alter_table('t', recreate='always') as it: it.drop_column('a')",
                &by_hand(
                    "",
                    "This operation cannot proceed in --sql mode; batch mode with dialect sqlite requires a live \
                     database connection with which to reflect the table \"t\". To generate a batch SQL migration \
                     script using ...",
                ),
            ),
        ],
    );
}

/// The header of the file that a docstring becomes, and whether the product reads it.
#[test]
fn a_docstring_becomes_a_header_that_is_read() {
    let Some(python) = alembic::python() else {
        return;
    };
    let cases = [
        ("", "-- empty message\n--\n"),
        ("two\nlines\n\n", "-- two lines\n--\n"),
        (
            "prices\n\nSecond: decimals.\nDepends On: nothing\n\n",
            "-- prices\n--\n-- Second: decimals.\n--   Depends On: nothing\n--\n",
        ),
        ("Revises: the prices\n\n", "--   Revises: the prices\n--\n"),
        ("Revision: all\n\n", "--   Revision: all\n--\n"),
        (
            "migrate: only mysql\n\n",
            "-- \u{b7} migrate: only mysql\n--\n",
        ),
    ];
    let project = project("sqlite://");
    let mut revises = "None".to_owned();
    for (number, (doc, _)) in cases.iter().enumerate() {
        revision(&project, &format!("r{number}"), &revises, doc, "pass");
        revises = format!("'r{number}'");
    }
    project.types(0, &format!("{} {}", python.display(), alembic::converter()));
    for (number, (doc, header)) in cases.iter().enumerate() {
        let text = project.types(0, &format!("cat migrations/versions/r{number}_*.sql"));
        let expected = format!("{header}-- Revision ID: r{number}\n-- Revises:");
        assert!(text.starts_with(&expected), "{doc}\n{text}");
    }
    let line = "DATABASE_URL=sqlite:///app.db migrate --script-location migrations history";
    let said = project.types(0, line);
    assert_eq!(said.lines().count(), cases.len(), "{said}");
}

#[test]
fn a_second_run_says_what_is_open_and_knows_ids_apart() {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project("sqlite://");
    let open = "raise NotImplementedError('rows')";
    revision(&project, "v2_0", "None", "one\n\n", open);
    let line = format!("{} {}", python.display(), alembic::converter());
    project.types(1, &line);
    let said = project.types(1, &line);
    assert!(
        said.contains("is there already\n  to be written by hand: 1 of its sections\n"),
        "{said}"
    );
    revision(&project, "v2", "'v2_0'", "two\n\n", "pass");
    let said = project.types(1, &line);
    assert!(said.contains("versions/v2_two.sql\n"), "{said}");
    project.types(0, "sed -i /irreversible/d migrations/versions/v2_0_one.sql");
    project.types(0, &line);
}

#[test]
fn the_lines_for_the_ini_are_said() {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project("sqlite://");
    revision(&project, "a1", "None", "one\n\n", "pass");
    let line = format!("{} {}", python.display(), alembic::converter());
    let said = project.types(0, &line);
    let lines = "[migration]\nscript_location = %(here)s/migrations\n";
    assert!(said.ends_with(lines), "{said}");
    let table = "context.configure(version_table='shop', version_table_schema='ops',";
    let env = alembic::ENV.replace("context.configure(", table);
    project.write("migrations/env.py", &env);
    let both = "version_locations = %(here)s/migrations/versions %(here)s/more\n";
    let ini = "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite://\n";
    project.write(
        "alembic.ini",
        &format!("{ini}{both}path_separator = space\n"),
    );
    project.types(0, "mkdir more");
    let said = project.types(0, &line);
    assert!(
        said.ends_with(
            "version_locations =\n    %(here)s/migrations/versions\n    %(here)s/more\n\
             version_table = shop\nversion_table_schema = ops\n"
        ),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_the_project_is_one_line() {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project("sqlite://");
    revision(&project, "a1", "None", "one\n\n", "pass");
    let line = format!("{} {}", python.display(), alembic::converter());
    project.write("file", "");
    let said = project.types(2, &format!("{line} --to file"));
    assert!(said.starts_with("error: FileExistsError: "), "{said}");
    project.write("migrations/env.py", "\n1 / 0\n");
    let said = project.types(2, &line);
    assert!(
        said.ends_with("env.py:2: ZeroDivisionError: division by zero\n"),
        "{said}"
    );
    project.write("migrations/env.py", alembic::ENV);
    project.write("migrations/versions/a2.py", "def def\n");
    let said = project.types(2, &line);
    assert!(said.starts_with("error: SyntaxError: "), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn what_means_something_else_in_our_sessions_is_a_warning() {
    let Some(python) = alembic::python() else {
        return;
    };
    let project = project("mysql://u@nowhere/d");
    let body = "op.execute(\"DELETE FROM t WHERE a = '||' || b\")\n\
                op.execute('DELETE FROM t WHERE a = \"text\" -- || \"')\n\
                op.execute(\"DELETE FROM t WHERE a = '\\\\' || \\\"'\")";
    revision(&project, "a1", "None", "one\n\n", body);
    let line = format!("{} {}", python.display(), alembic::converter());
    let said = project.types(0, &line);
    let warnings: Vec<&str> = said.lines().filter(|it| it.contains("warning: ")).collect();
    let place = "/migrations/versions/a1_one.sql: upgrade: ";
    assert_eq!(warnings.len(), 2, "{said}");
    assert!(
        warnings[0].ends_with(&format!(
            "{place}`||` joins texts here; where it means `OR`, write `OR`"
        )) && warnings[1].ends_with(&format!(
            "{place}\"text\" is a name here; write a text as '...'"
        )),
        "{said}"
    );
}

#[test]
fn the_types_of_mysql_stay_what_they_are() {
    check(
        "mariadb+pymysql://u@nowhere/d",
        &[(
            "op.create_table('k', sa.Column('a', sa.DateTime, server_default=sa.text('CURRENT_TIMESTAMP')), \
             sa.Column('b', sa.Text(collation='utf8mb4_bin')), sa.Column('c', sa.LargeBinary), \
             sa.Column('d', sa.Float), sa.Column('e', sa.Numeric(8, 2)), sa.Column('f', sa.Uuid))",
            "CREATE TABLE k (\n    a DATETIME(0) DEFAULT CURRENT_TIMESTAMP, \n    \
             b TEXT(16383) COLLATE utf8mb4_bin, \n    c BLOB(65535), \n    d FLOAT(24), \n    \
             e NUMERIC(8, 2), \n    f UUID\n);",
        )],
    );
}
