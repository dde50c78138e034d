//! Changes of a database, as a revision writes them.

use super::model::{Column, Constraint, Db, Index, Kind, Piece, TableId, Text};
use super::write::{self, Spelling};

/// One change.
#[derive(Debug, Clone)]
pub(super) enum Change {
    RenameTable {
        table: TableId,
        to: String,
    },
    RenameColumn {
        table: TableId,
        column: usize,
        to: String,
    },
    AddColumn {
        table: TableId,
        column: Column,
        written: &'static str,
        constraints: Vec<Constraint>,
    },
    DropColumn {
        table: TableId,
        column: usize,
    },
    SetNotNull {
        table: TableId,
        column: usize,
        not_null: bool,
    },
    SetDefault {
        table: TableId,
        column: usize,
        default: Option<String>,
    },
    SetType {
        table: TableId,
        column: usize,
        written: &'static str,
        declared: &'static str,
        using: Option<&'static str>,
    },
    AddConstraint {
        table: TableId,
        constraint: Constraint,
    },
    DropConstraint {
        table: TableId,
        name: String,
    },
    RenameConstraint {
        table: TableId,
        from: String,
        to: String,
    },
    Comment {
        table: TableId,
        column: Option<usize>,
    },
    CreateIndex {
        index: Index,
    },
    DropIndex {
        name: String,
    },
    RenameIndex {
        name: String,
        to: String,
    },
}

impl Change {
    /// The statement, without a semicolon; the action alone when it follows another on its table.
    #[expect(clippy::too_many_lines, reason = "one arm per change")]
    pub(super) fn write(&self, db: &Db, spelling: &mut Spelling) -> Written {
        let table = |id: TableId, spelling: &mut Spelling| {
            let name = db.table(id).map_or("?", |table| table.name.as_str());
            format!("ALTER TABLE {}", spelling.name(name))
        };
        let name = |id: usize, spelling: &mut Spelling| {
            spelling.name(db.column(id).map_or("?", |column| column.name.as_str()))
        };
        let joined = |table, action| Written {
            head: Some(table),
            action,
        };
        match self {
            Self::RenameTable { table: id, to } => Written::alone(format!(
                "{} RENAME TO {}",
                table(*id, spelling),
                write::quoted(to)
            )),
            Self::RenameColumn {
                table: id,
                column,
                to,
            } => Written::alone(format!(
                "{} RENAME COLUMN {} TO {}",
                table(*id, spelling),
                name(*column, spelling),
                write::quoted(to)
            )),
            Self::AddColumn {
                table: id,
                column,
                written,
                constraints,
            } => {
                let action = add_column(db, column, written, constraints, spelling);
                Written {
                    head: Some((*id, table(*id, spelling))),
                    action,
                }
            }
            Self::DropColumn { table: id, column } => joined(
                (*id, table(*id, spelling)),
                format!("DROP COLUMN {}", name(*column, spelling)),
            ),
            Self::SetNotNull {
                table: id,
                column,
                not_null,
            } => {
                let verb = if *not_null { "SET" } else { "DROP" };
                let action = format!("ALTER COLUMN {} {verb} NOT NULL", name(*column, spelling));
                joined((*id, table(*id, spelling)), action)
            }
            Self::SetDefault {
                table: id,
                column,
                default,
            } => {
                let default = default.as_ref();
                let verb =
                    default.map_or("DROP DEFAULT".to_owned(), |it| format!("SET DEFAULT {it}"));
                let action = format!("ALTER COLUMN {} {verb}", name(*column, spelling));
                joined((*id, table(*id, spelling)), action)
            }
            Self::SetType {
                table: id,
                column,
                written,
                using,
                ..
            } => {
                let column = name(*column, spelling);
                let mut action = format!("ALTER COLUMN {column} TYPE {written}");
                if let Some(using) = using {
                    action += &format!(" USING {}", using.replace("{c}", &column));
                }
                joined((*id, table(*id, spelling)), action)
            }
            Self::AddConstraint {
                table: id,
                constraint,
            } => {
                let action = format!("ADD {}", self::constraint(db, constraint, spelling));
                joined((*id, table(*id, spelling)), action)
            }
            Self::DropConstraint { table: id, name } => {
                let action = format!("DROP CONSTRAINT {}", write::quoted(name));
                joined((*id, table(*id, spelling)), action)
            }
            Self::RenameConstraint {
                table: id,
                from,
                to,
            } => Written::alone(format!(
                "{} RENAME CONSTRAINT {} TO {}",
                table(*id, spelling),
                write::quoted(from),
                write::quoted(to)
            )),
            Self::Comment { table: id, column } => {
                let table = spelling.name(&db.table(*id).expect("it is there").name);
                Written::alone(match column {
                    None => format!("COMMENT ON TABLE {table} IS 'it''s; a table'"),
                    Some(column) => {
                        let column = name(*column, spelling);
                        format!("COMMENT ON COLUMN {table}.{column} IS NULL")
                    }
                })
            }
            Self::CreateIndex { index } => {
                Written::alone(write::index(db, index, &mut Spelling::plain()))
            }
            Self::DropIndex { name } => {
                Written::alone(format!("DROP INDEX {}", spelling.name(name)))
            }
            Self::RenameIndex { name, to } => Written::alone(format!(
                "ALTER INDEX {} RENAME TO {}",
                spelling.name(name),
                write::quoted(to)
            )),
        }
    }
}

/// A change as text.
pub(super) struct Written {
    /// The table and `ALTER TABLE t`, when other actions may stand beside this one.
    pub(super) head: Option<(TableId, String)>,
    pub(super) action: String,
}

impl Written {
    fn alone(action: String) -> Self {
        Self { head: None, action }
    }
}

fn add_column(
    db: &Db,
    column: &Column,
    written: &str,
    constraints: &[Constraint],
    spelling: &mut Spelling,
) -> String {
    let column = Column {
        declared: written.to_owned(),
        ..column.clone()
    };
    let mut sql = format!(
        "ADD COLUMN {}",
        write::column(db, &column, &mut Spelling::plain())
    );
    for constraint in constraints {
        if let Some(name) = &constraint.name {
            sql += &format!(" CONSTRAINT {}", write::quoted(name));
        }
        sql += &match &constraint.kind {
            Kind::Primary(_) => " PRIMARY KEY".to_owned(),
            Kind::Unique(_) => " UNIQUE".to_owned(),
            // The column is not in the model yet.
            Kind::Check(text) => format!(" CHECK ({})", with(db, text, &column)),
            Kind::Foreign(key) => format!(" {}", write::references(db, key, spelling)),
        };
    }
    sql
}

/// A text that may name a column to come.
fn with(db: &Db, text: &Text, column: &Column) -> String {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Column(id) if *id == column.id => Piece::Sql(write::quoted(&column.name)),
        other => other.clone(),
    });
    write::text(db, &Text(pieces.collect()), &mut Spelling::plain())
}

fn constraint(db: &Db, constraint: &Constraint, spelling: &mut Spelling) -> String {
    let name = constraint.name.as_ref().map_or_else(String::new, |name| {
        format!("CONSTRAINT {} ", write::quoted(name))
    });
    let plain = &mut Spelling::plain();
    name + &match &constraint.kind {
        Kind::Primary(columns) => format!("PRIMARY KEY ({})", write::names(db, columns, plain)),
        Kind::Unique(columns) => format!("UNIQUE ({})", write::names(db, columns, plain)),
        Kind::Check(text) => format!("CHECK ({})", write::text(db, text, plain)),
        Kind::Foreign(key) => format!(
            "FOREIGN KEY ({}) {}",
            write::names(db, &key.columns, plain),
            write::references(db, key, spelling)
        ),
    }
}
