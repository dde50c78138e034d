//! Partitions and domains, which are changed and never dropped with what is in them.

use crate::diff::{DiffOptions, diff};
use crate::operation::Operation;
use crate::schema::{Dependent, DependentKind, ObjectName, Schema, Table};

/// Tables by name, and what stands beside them.
type Side<'a> = (&'a [&'a str], &'a [Dependent]);

fn table(name: &str) -> Table {
    Table::new(ObjectName::new(name))
}

fn partition(parent: &str, name: &str, bounds: &str) -> Dependent {
    Dependent {
        kind: DependentKind::Partition {
            parent: ObjectName::new(parent),
            bounds: bounds.to_owned(),
            key: None,
        },
        name: ObjectName::new(name),
        sql: format!("CREATE TABLE {name} PARTITION OF {parent} {bounds}"),
    }
}

fn domain(data_type: &str) -> Dependent {
    Dependent {
        kind: DependentKind::Domain,
        name: ObjectName::new("d"),
        sql: format!("CREATE DOMAIN d AS {data_type}"),
    }
}

fn rule(what: &str, sql: &str) -> Dependent {
    Dependent {
        kind: DependentKind::DomainRule {
            what: what.to_owned(),
        },
        name: ObjectName::new("d"),
        sql: format!("ALTER DOMAIN d {sql}"),
    }
}

/// What is done forth and back.
#[track_caller]
fn check((from, to): (Side<'_>, Side<'_>), up: &[&str], down: &[&str]) {
    let schema = |(tables, dependents): Side<'_>| Schema {
        tables: tables.iter().map(|name| table(name)).collect(),
        dependents: dependents.to_vec(),
        ..Schema::default()
    };
    let changes = diff(&schema(from), &schema(to), &DiffOptions::default()).changes;
    let texts = |operations: Vec<&Operation>| -> Vec<String> {
        let text = |it: &&Operation| match it {
            Operation::Raw { sql } => sql.clone(),
            other => other.to_string(),
        };
        operations.iter().map(text).collect()
    };
    assert_eq!(texts(changes.iter().flat_map(|it| &it.up).collect()), up);
    let back = changes.iter().rev();
    assert_eq!(texts(back.flat_map(|it| &it.down).collect()), down);
}

#[test]
fn a_table_that_shall_be_a_partition_is_attached() {
    let wanted = [partition("p", "p1", "DEFAULT")];
    check(
        ((&["p", "p1"], &[]), (&["p"], &wanted)),
        &["ALTER TABLE \"p\" ATTACH PARTITION \"p1\" DEFAULT"],
        &["ALTER TABLE \"p\" DETACH PARTITION \"p1\""],
    );
    check(
        ((&["p"], &wanted), (&["p", "p1"], &[])),
        &["ALTER TABLE \"p\" DETACH PARTITION \"p1\""],
        &["ALTER TABLE \"p\" ATTACH PARTITION \"p1\" DEFAULT"],
    );
}

#[test]
fn partitions_move_after_all_have_left() {
    let (one, two) = ("FOR VALUES IN (1)", "FOR VALUES IN (2)");
    let from = [partition("p", "a", one), partition("p", "b", two)];
    let to = [partition("p", "a", two), partition("q", "b", one)];
    check(
        ((&["p", "q"], &from), (&["p", "q"], &to)),
        &[
            "ALTER TABLE \"p\" DETACH PARTITION \"a\"",
            "ALTER TABLE \"p\" DETACH PARTITION \"b\"",
            "ALTER TABLE \"p\" ATTACH PARTITION \"a\" FOR VALUES IN (2)",
            "ALTER TABLE \"q\" ATTACH PARTITION \"b\" FOR VALUES IN (1)",
        ],
        &[
            "ALTER TABLE \"q\" DETACH PARTITION \"b\"",
            "ALTER TABLE \"p\" DETACH PARTITION \"a\"",
            "ALTER TABLE \"p\" ATTACH PARTITION \"b\" FOR VALUES IN (2)",
            "ALTER TABLE \"p\" ATTACH PARTITION \"a\" FOR VALUES IN (1)",
        ],
    );
}

#[test]
fn a_partition_that_nobody_wants_stays() {
    let added = [partition("p", "p1", "DEFAULT")];
    check(((&["p"], &added), (&["p"], &[])), &[], &[]);
}

#[test]
fn a_partition_is_made_after_the_one_that_it_is_a_part_of() {
    let wanted = [
        partition("z", "a", "DEFAULT"),
        partition("p", "z", "DEFAULT"),
    ];
    check(
        ((&["p"], &[]), (&["p"], &wanted)),
        &[
            "CREATE TABLE z PARTITION OF p DEFAULT",
            "CREATE TABLE a PARTITION OF z DEFAULT",
        ],
        &["drop table `a`", "drop table `z`"],
    );
}

#[test]
fn a_rule_of_a_domain_is_changed_by_itself() {
    let from = [
        domain("int"),
        rule("DEFAULT", "SET DEFAULT 4"),
        rule("NOT NULL", "SET NOT NULL"),
    ];
    let to = [domain("int"), rule("DEFAULT", "SET DEFAULT 5")];
    check(
        ((&[], &from), (&[], &to)),
        &[
            "ALTER DOMAIN \"d\" DROP NOT NULL",
            "ALTER DOMAIN d SET DEFAULT 5",
        ],
        &[
            "ALTER DOMAIN d SET DEFAULT 4",
            "ALTER DOMAIN d SET NOT NULL",
        ],
    );
    // One of another type is another domain.
    let other = [domain("text"), rule("DEFAULT", "SET DEFAULT 4")];
    check(
        ((&[], &from), (&[], &other)),
        &[
            "DROP DOMAIN \"d\"",
            "CREATE DOMAIN d AS text",
            "ALTER DOMAIN d SET DEFAULT 4",
        ],
        &[
            "ALTER DOMAIN \"d\" DROP DEFAULT",
            "DROP DOMAIN \"d\"",
            "CREATE DOMAIN d AS int",
        ],
    );
}
