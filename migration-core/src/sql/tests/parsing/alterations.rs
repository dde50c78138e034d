//! Tests of `ALTER TABLE`.

use super::{check, check_raw, expression, foreign_key, name, names, unnamed};
use crate::operation::{ConstraintTarget, Operation};
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Ident, MatchKind, ReferentialAction,
};

#[test]
#[expect(clippy::too_many_lines, reason = "one operation after the other")]
fn an_alter_table_may_say_several_things() {
    let table = name("t");
    let column = Ident::from("c");
    let mut added = Column::new("d", DataType::Text);
    added.nullable = false;
    check(
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS d TEXT NOT NULL UNIQUE,
            ALTER c TYPE numeric(5, 2) USING c::numeric + 1,
            ALTER COLUMN c SET DATA TYPE text COLLATE \"C\",
            ALTER COLUMN c SET NOT NULL, ALTER COLUMN c DROP NOT NULL,
            ALTER COLUMN c SET DEFAULT (1 , 2), ALTER COLUMN c DROP DEFAULT,
            DROP COLUMN IF EXISTS c CASCADE, DROP c",
        &[
            Operation::AddColumn {
                table: table.clone(),
                column: added,
                constraints: vec![unnamed(ConstraintKind::Unique {
                    columns: names("d"),
                })],
                if_not_exists: true,
            },
            Operation::SetType {
                table: table.clone(),
                column: column.clone(),
                data_type: DataType::Numeric {
                    precision: Some(5),
                    scale: Some(2),
                },
                collation: None,
                using: Some(expression("c::numeric + 1")),
            },
            Operation::SetType {
                table: table.clone(),
                column: column.clone(),
                data_type: DataType::Text,
                collation: Some("C".into()),
                using: None,
            },
            set_nullable(false),
            set_nullable(true),
            set_default(Some("(1, 2)")),
            set_default(None),
            Operation::DropColumn {
                table: table.clone(),
                column: column.clone(),
                if_exists: true,
                cascade: true,
            },
            Operation::DropColumn {
                table,
                column,
                if_exists: false,
                cascade: false,
            },
        ],
    );
}

fn set_nullable(nullable: bool) -> Operation {
    Operation::SetNullable {
        table: name("t"),
        column: "c".into(),
        nullable,
    }
}

fn set_default(default: Option<&str>) -> Operation {
    let default = default.map(expression);
    Operation::SetDefault {
        table: name("t"),
        column: "c".into(),
        default,
    }
}

#[test]
fn constraints_are_added_dropped_renamed_and_validated() {
    let mut key = foreign_key("a b", "u", "c d");
    key.match_kind = MatchKind::Full;
    key.on_update = ReferentialAction::SetNull;
    let mut constraint = Constraint::new(Some("f".into()), ConstraintKind::ForeignKey(key));
    constraint.not_valid = true;
    let table = name("t");
    let drop = |target| Operation::DropConstraint {
        table: name("t"),
        target,
        if_exists: false,
        cascade: false,
    };
    check(
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES u (c, d)
            MATCH FULL ON UPDATE SET NULL NOT VALID,
            VALIDATE CONSTRAINT f, DROP CONSTRAINT f, DROP FOREIGN KEY f, DROP CHECK f,
            DROP PRIMARY KEY, RENAME CONSTRAINT f TO g, ADD PRIMARY KEY (a)",
        &[
            Operation::AddConstraint {
                table: table.clone(),
                constraint,
            },
            Operation::ValidateConstraint {
                table: table.clone(),
                name: "f".into(),
            },
            drop(ConstraintTarget::Named("f".into())),
            drop(ConstraintTarget::Named("f".into())),
            drop(ConstraintTarget::Named("f".into())),
            drop(ConstraintTarget::PrimaryKey),
            Operation::RenameConstraint {
                table: table.clone(),
                from: "f".into(),
                to: "g".into(),
            },
            Operation::AddConstraint {
                table,
                constraint: unnamed(ConstraintKind::PrimaryKey {
                    columns: names("a"),
                }),
            },
        ],
    );
}

#[test]
fn tables_columns_and_indexes_are_renamed_in_every_spelling() {
    let table = Operation::RenameTable {
        from: name("t"),
        to: "u".into(),
    };
    for text in [
        "ALTER TABLE t RENAME TO u",
        "ALTER TABLE t RENAME u",
        "RENAME TABLE t TO u",
    ] {
        check(text, std::slice::from_ref(&table));
    }
    let column = Operation::RenameColumn {
        table: name("t"),
        from: "a".into(),
        to: "b".into(),
    };
    for text in [
        "ALTER TABLE t RENAME COLUMN a TO b",
        "ALTER TABLE t RENAME a TO b",
    ] {
        check(text, std::slice::from_ref(&column));
    }
    let index = |table| Operation::RenameIndex {
        from: name("i"),
        to: "j".into(),
        table,
    };
    check("ALTER INDEX i RENAME TO j", &[index(None)]);
    check(
        "ALTER TABLE t RENAME INDEX i TO j",
        &[index(Some(name("t")))],
    );
    check("ALTER TABLE t RENAME KEY i TO j", &[index(Some(name("t")))]);
}

#[test]
fn mysql_redefines_columns_whole() {
    let set_type = Operation::SetType {
        table: name("t"),
        column: "c".into(),
        data_type: DataType::BigInt,
        collation: None,
        using: None,
    };
    check(
        "ALTER TABLE t MODIFY COLUMN c BIGINT NOT NULL DEFAULT 5",
        &[
            set_type.clone(),
            set_nullable(false),
            set_default(Some("5")),
        ],
    );
    check(
        "ALTER TABLE t CHANGE b c BIGINT",
        &[
            Operation::RenameColumn {
                table: name("t"),
                from: "b".into(),
                to: "c".into(),
            },
            set_type,
            set_nullable(true),
            set_default(None),
        ],
    );
    check_raw("ALTER TABLE t MODIFY c BIGINT AUTO_INCREMENT");
    check_raw("ALTER TABLE t MODIFY c BIGINT AFTER b");
}
