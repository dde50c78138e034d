//! Every kind of object.

use migration_core::dialect::Dialect;
use migration_core::introspect::Whole;
use migration_core::schema::{
    Bound, CheckOption, ConstraintKind, Deferrability, DependentKind, Ident, Identity, MatchKind,
    ObjectName, SequenceOwner,
};
use migration_tests::databases;

use super::{RICH, made, whole};

fn rich() -> Option<Whole> {
    let database = databases::fresh(Dialect::Postgres)?;
    let mut connection = database.open();
    Some(made(connection.as_mut(), RICH))
}

#[test]
fn tables_have_columns_constraints_and_comments() {
    let Some(whole) = rich() else { return };
    let names: Vec<&str> = whole
        .schema
        .tables
        .iter()
        .map(|it| it.name.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Owner",
            "child",
            "file",
            "parts",
            "points_at_parts",
            "quick"
        ]
    );
    let [owner, _, file, _, _, _] = whole.schema.tables.as_slice() else {
        panic!("{names:?}");
    };
    for column in ["id", "big", "small"] {
        let column = owner.column(&Ident::from(column)).expect(column);
        assert_eq!(
            (column.identity, &column.default),
            (Some(Identity::Serial), &None)
        );
    }
    let column = |name: &str| file.column(&Ident::from(name)).expect(name);
    assert_eq!(
        column("id").identity,
        Some(Identity::Standard { always: true })
    );
    assert_eq!(
        column("other").identity,
        Some(Identity::Standard { always: false })
    );
    assert!(column("low").generated.as_ref().is_some_and(|it| it.stored));
    assert_eq!(column("low").collation, Some("C".into()));
    assert_eq!(column("name").comment.as_deref(), Some("its name"));
    let default = column("number").default.as_ref().expect("it has one");
    assert_eq!(default.as_str(), "nextval('plain'::regclass)");
    assert_eq!(file.comment.as_deref(), Some("it's a file"));
}

#[test]
fn constraints_have_their_conditions() {
    let Some(whole) = rich() else { return };
    let file = &whole.schema.tables[2];
    let constraint = |name: &str| file.constraint(&Ident::from(name)).expect(name);
    let deferred = constraint("file_name").deferrability;
    assert_eq!(deferred, Deferrability::InitiallyDeferred);
    assert!(constraint("late").not_valid);
    let ConstraintKind::ForeignKey(key) = &constraint("file_owner").kind else {
        panic!("{file:#?}");
    };
    assert_eq!(key.match_kind, MatchKind::Full);
}

#[test]
fn tables_have_options() {
    let Some(whole) = rich() else { return };
    let [_, child, file, parts, _, quick] = whole.schema.tables.as_slice() else {
        panic!("{whole:#?}");
    };
    let option = |at: usize| {
        let options = [parts, child, quick, file][at].options.as_slice();
        let [option] = options else {
            panic!("{options:?}")
        };
        let value = option.value.as_ref().map_or("", |it| it.as_str());
        format!("{} {value}", option.keyword)
    };
    assert_eq!(option(0), "PARTITION BY RANGE (a, lower(b))");
    assert_eq!(option(1), "INHERITS (quick)");
    assert_eq!(option(2), "UNLOGGED ");
    assert_eq!(option(3), "WITH (fillfactor = 70)");
}

#[test]
fn views_and_enumerated_types_are_read() {
    let Some(whole) = rich() else { return };
    let schema = &whole.schema;
    let views: Vec<_> = schema
        .views
        .iter()
        .map(|it| (it.name.name.as_str(), it.check_option))
        .collect();
    assert_eq!(
        views,
        [("b_view", Some(CheckOption::Local)), ("a_view", None)]
    );
    let values = |at: usize| schema.enums[at].values.join(",");
    assert_eq!(
        (values(0), values(1), values(2)),
        (
            "b,between,a".into(),
            String::new(),
            "sad,it's ok,Glad".into()
        )
    );
}

#[test]
fn sequences_that_number_no_column_are_read() {
    let Some(whole) = rich() else { return };
    let schema = &whole.schema;
    let [odd, kept, plain] = schema.sequences.as_slice() else {
        panic!("{:#?}", schema.sequences);
    };
    assert_eq!(
        (odd.options.increment, odd.options.start, odd.options.cycle),
        (Some(-2), Some(5), Some(true))
    );
    assert_eq!(odd.options.maximum, Some(Bound::At(7)));
    let (table, column) = (ObjectName::new("file"), "size".into());
    assert_eq!(
        kept.options.owner,
        Some(SequenceOwner::Column { table, column })
    );
    assert_eq!(plain.options, Default::default());
}

#[test]
fn what_the_model_does_not_hold_is_told() {
    let Some(whole) = rich() else { return };
    let schema = &whole.schema;
    let indexes: Vec<String> = schema
        .indexes
        .iter()
        .map(|it| format!("{}.{}", it.table, it.name.as_ref().unwrap()))
        .collect();
    assert_eq!(
        indexes,
        [
            "counted.counted_n",
            "file.Odd Index",
            "file.file_words",
            "parts.parts_b"
        ]
    );
    let unread: Vec<&str> = whole.unread.iter().map(|it| it.ddl.as_str()).collect();
    assert_eq!(
        unread,
        ["ALTER TABLE \"file\" ALTER COLUMN \"other\" SET INCREMENT BY 2 SET START WITH 5"]
    );
}

#[test]
fn what_is_known_by_its_text_is_read() {
    let Some(whole) = rich() else { return };
    let found: Vec<String> = whole
        .schema
        .dependents
        .iter()
        .map(|it| {
            let table = it
                .table()
                .map_or(String::new(), |table| format!(" on {table}"));
            format!("{} {}{table}", it.kind.word(), it.name)
        })
        .collect();
    assert_eq!(
        found,
        [
            "trigger Odd Trigger on a_view",
            "materialized view counted",
            "view guarded",
            "index no_nulls on Owner",
            "index odd ON file USING on Owner",
            "row-level security Owner on Owner",
            "trigger late on Owner",
            "policy Odd Policy on Owner",
            "constraint file_distinct on file",
            "constraint file_apart on file",
            "row-level security file on file",
            "trigger noted on file",
            "policy mine on file",
            "procedure Odd Procedure",
            "function double_of",
            "function double_of",
            "function noted",
        ]
    );
}

#[test]
fn what_a_text_creates_is_read_as_that_text_again() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    connection.run(&[RICH]).unwrap();
    let before = whole(connection.as_mut());
    let drop = |it: &migration_core::schema::Dependent| match &it.kind {
        DependentKind::View => format!("DROP VIEW \"{}\"", it.name),
        DependentKind::MaterializedView => format!("DROP MATERIALIZED VIEW \"{}\"", it.name),
        DependentKind::Trigger { table } => format!("DROP TRIGGER \"{}\" ON \"{table}\"", it.name),
        DependentKind::Policy { table } => format!("DROP POLICY \"{}\" ON \"{table}\"", it.name),
        DependentKind::Rule { .. }
        | DependentKind::Switched { .. }
        | DependentKind::Partition { .. }
        | DependentKind::Statistics { .. }
        | DependentKind::Domain
        | DependentKind::DomainRule { .. } => unreachable!("they stand apart"),
        DependentKind::Constraint { table } => {
            format!("ALTER TABLE \"{table}\" DROP CONSTRAINT \"{}\"", it.name)
        }
        DependentKind::Index { .. } => format!("DROP INDEX \"{}\"", it.name),
        DependentKind::RowSecurity { .. } => format!(
            "ALTER TABLE \"{}\" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
            it.name
        ),
        // They say themselves that they replace.
        DependentKind::Function { .. } | DependentKind::Procedure { .. } => String::new(),
    };
    let indexes = "CREATE UNIQUE INDEX counted_n ON counted (n)";
    for dependent in &before.schema.dependents {
        let drop = drop(dependent);
        connection
            .run(&[&drop, &dependent.sql])
            .unwrap_or_else(|failed| panic!("{dependent:?}: {}", failed.error));
    }
    connection.run(&[indexes]).unwrap();
    assert_eq!(whole(connection.as_mut()), before);
}

#[test]
fn what_belongs_to_an_extension_is_left_out() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    // One that may not be installed; the procedural language always is.
    let script = "CREATE TABLE t (a INTEGER); CREATE FUNCTION f() RETURNS INTEGER LANGUAGE sql \
        AS $$ SELECT 1 $$; CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('a'); \
        ALTER EXTENSION plpgsql ADD TABLE t; ALTER EXTENSION plpgsql ADD FUNCTION f(); \
        ALTER EXTENSION plpgsql ADD SEQUENCE s; ALTER EXTENSION plpgsql ADD TYPE e";
    assert_eq!(made(connection.as_mut(), script), Whole::default());
}

#[test]
fn an_index_that_no_query_may_use_is_told() {
    let Some(database) = databases::fresh(Dialect::Postgres) else {
        return;
    };
    let mut connection = database.open();
    connection
        .run(&["CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (1)"])
        .unwrap();
    let create = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)";
    assert!(connection.run(&[create]).is_err());
    let whole = whole(connection.as_mut());
    let [invalid] = whole.invalid.as_slice() else {
        panic!("{whole:?}");
    };
    assert_eq!(invalid.name, ObjectName::new("i"));
    assert_eq!(invalid.rebuild.as_deref(), Some("REINDEX INDEX \"i\""));
    assert!(whole.unread.is_empty());
}
