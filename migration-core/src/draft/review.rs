//! What whoever reviews a drafted revision should look at, derived from what it does.

use std::fmt;

use super::rounding::rounding;
use super::wording::types_given;
use crate::dialect::{Dialect, LongWork, Waiting};
use crate::diff::Change;
use crate::operation::{EnumChange, Operation};
use crate::schema::{Column, ConstraintKind, Ident, Index, ObjectName, Schema};

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Something is gone afterwards.
    Data,
    /// What is dropped and made may be one thing with another name.
    Rename,
    /// Rows that are there may stand against it.
    Rows,
    /// Others wait meanwhile.
    Lock,
    /// Programs of the version before stumble.
    Programs,
    /// There is no way back, or not the same one.
    Back,
    /// What this engine does in its own way.
    Engine,
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Data => "data",
            Self::Rename => "rename",
            Self::Rows => "rows",
            Self::Lock => "lock",
            Self::Programs => "programs",
            Self::Back => "way back",
            Self::Engine => "engine",
        })
    }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub topic: Topic,
    /// What to look at, one line.
    pub text: String,
}

/// What is known of the database for which a revision was drafted.
pub struct Surroundings<'a> {
    /// The engine.
    pub dialect: Dialect,
    /// The engine and version.
    pub server: &'a str,
    /// The database as it is.
    pub live: &'a Schema,
    /// About how many rows a table has; none when nobody knows.
    pub rows: &'a dyn Fn(&ObjectName) -> Option<u64>,
}

/// Remarks on changes, by topic, each once.
pub fn review(changes: &[Change], around: &Surroundings<'_>) -> Vec<Remark> {
    let mut reviewer = Reviewer {
        around,
        computed: computed(changes),
        found: Vec::new(),
    };
    let operations: Vec<&Operation> = changes.iter().flat_map(|it| &it.up).collect();
    for operation in &operations {
        if !is_of_remade(operation, &operations) {
            reviewer.operation(operation);
        }
    }
    for change in changes {
        reviewer.rounded(change);
    }
    reviewer.renames(&operations);
    reviewer.ways_back(changes);
    reviewer.engine(&operations);
    let mut found = reviewer.found;
    found.sort_by_key(|it| it.topic);
    let mut said: Vec<Remark> = Vec::new();
    for remark in found {
        if !said.contains(&remark) {
            said.push(remark);
        }
    }
    said
}

/// Whether an operation drops a type that was only set aside, for one with other values.
fn is_of_remade(operation: &Operation, operations: &[&Operation]) -> bool {
    let Operation::Enum(EnumChange::Drop { name, .. }) = operation else {
        return false;
    };
    operations.iter().any(
        |it| matches!(it, Operation::Enum(EnumChange::Rename { from, to }) if from.sibling(to.clone()) == *name),
    )
}

/// The columns that go and whose values are computed: nothing is lost with them, unless a usual column
/// takes their place.
fn computed(changes: &[Change]) -> Vec<(&ObjectName, &Ident)> {
    let given = changes.iter().flat_map(|it| &it.up).filter_map(added);
    let usual: Vec<_> = given.filter(|(_, is_computed)| !is_computed).collect();
    let former = changes.iter().flat_map(|it| &it.down).filter_map(added);
    former
        .filter(|(name, is_computed)| *is_computed && !usual.contains(&(*name, false)))
        .map(|(name, _)| name)
        .collect()
}

/// A column that is added, and whether it is computed.
fn added(operation: &Operation) -> Option<((&ObjectName, &Ident), bool)> {
    match operation {
        Operation::AddColumn { table, column, .. } => {
            Some(((table, &column.name), column.generated.is_some()))
        }
        _ => None,
    }
}

struct Reviewer<'a> {
    around: &'a Surroundings<'a>,
    computed: Vec<(&'a ObjectName, &'a Ident)>,
    found: Vec<Remark>,
}

impl Reviewer<'_> {
    fn say(&mut self, topic: Topic, text: impl Into<String>) {
        self.found.push(Remark {
            topic,
            text: text.into(),
        });
    }

    /// How many rows there are, in words; none for an empty table.
    fn filled(&self, table: &ObjectName) -> Option<String> {
        match (self.around.rows)(table) {
            Some(0) => None,
            Some(1) => Some("1 row".to_owned()),
            Some(rows) => Some(format!("{rows} rows")),
            None => Some("its rows".to_owned()),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm per operation")]
    fn operation(&mut self, operation: &Operation) {
        self.held_up(operation);
        match operation {
            Operation::DropTable { name, .. } => {
                if let Some(rows) = self.filled(name) {
                    let text = format!("`{name}` goes with {rows}: is it really unused?");
                    self.say(Topic::Data, text);
                }
                self.programs(&format!("use `{name}`"));
            }
            Operation::DropColumn { table, column, .. } => {
                let is_lost = !self.computed.contains(&(table, column));
                if let Some(rows) = self.filled(table).filter(|_| is_lost) {
                    let text = format!("the values of `{table}.{column}` go ({rows})");
                    self.say(Topic::Data, text);
                }
                self.programs(&format!("use `{table}.{column}`"));
            }
            Operation::RenameTable { from, .. } => self.programs(&format!("use `{from}`")),
            Operation::RenameColumn { table, from, .. } => {
                self.programs(&format!("use `{table}.{from}`"));
            }
            Operation::AddColumn { table, column, .. } => self.column(table, column),
            Operation::SetNullable {
                table,
                column,
                nullable: false,
            } => {
                if let Some(rows) = self.filled(table) {
                    self.say(
                        Topic::Rows,
                        format!(
                            "`{table}.{column}` must not be NULL: among {rows}, any without it \
                             stops this; fill it by an UPDATE above"
                        ),
                    );
                }
                self.programs(&format!("write no `{table}.{column}`"));
            }
            Operation::SetNullable { .. } => {}
            Operation::SetType { table, column, .. } => {
                if let Some(rows) = self.filled(table) {
                    self.say(
                        Topic::Rows,
                        format!(
                            "every value of `{table}.{column}` is converted ({rows}): does each \
                             fit the new type?"
                        ),
                    );
                }
            }
            Operation::AddConstraint { table, constraint } => {
                self.constraint(table, &constraint.kind);
            }
            Operation::CreateIndex { index, .. } => self.index(index),
            Operation::DropIndex { name, .. } => self.say(
                Topic::Programs,
                format!("are there queries that live by the index `{name}`?"),
            ),
            Operation::Enum(EnumChange::Drop { name, .. }) => {
                self.programs(&format!("use the type `{name}`"));
            }
            Operation::View(_) => self.say(
                Topic::Programs,
                "do the columns of each changed view keep their names and types?",
            ),
            Operation::Raw { sql } => {
                let line = sql.lines().next().unwrap_or_default();
                self.say(
                    Topic::Engine,
                    format!("`{line}` runs as written: does every engine that needs it have one?"),
                );
            }
            Operation::CreateTable { .. }
            | Operation::SetDefault { .. }
            | Operation::SetIdentity { .. }
            | Operation::DropExpression { .. }
            | Operation::DropConstraint { .. }
            | Operation::RenameConstraint { .. }
            | Operation::ValidateConstraint { .. }
            | Operation::RenameIndex { .. }
            | Operation::SetTableComment { .. }
            | Operation::SetColumnComment { .. }
            | Operation::Sequence(_)
            | Operation::Namespace(_)
            | Operation::Enum(_)
            | Operation::Call { .. } => {}
        }
    }

    /// The way back knows which type a column has now.
    fn rounded(&mut self, change: &Change) {
        let before = types_given(change.down.iter());
        for (table, column, data_type) in change.up.iter().filter_map(Operation::type_given) {
            let former = before.get(&(table.clone(), column.clone()));
            let becomes = former.and_then(|former| rounding(former, data_type));
            if let (Some(becomes), Some(rows)) = (becomes, self.filled(table)) {
                let text = format!(
                    "each value of `{table}.{column}` {becomes} ({rows}): servers do that \
                     without a word, and SQLite keeps the value"
                );
                self.say(Topic::Data, text);
            }
        }
    }

    fn column(&mut self, table: &ObjectName, column: &Column) {
        let is_filled = column.nullable
            || column.default.is_some()
            || column.identity.is_some()
            || column.generated.is_some();
        if is_filled {
            return;
        }
        let name = &column.name;
        if let Some(rows) = self.filled(table) {
            self.say(
                Topic::Rows,
                format!(
                    "{rows} of `{table}` have no value for `{name}`: give it a DEFAULT, or add it \
                     without NOT NULL, fill it, then set NOT NULL"
                ),
            );
        }
        self.programs(&format!("write no `{table}.{name}`"));
    }

    fn constraint(&mut self, table: &ObjectName, kind: &ConstraintKind) {
        let Some(rows) = self.filled(table) else {
            return;
        };
        let demand = match kind {
            ConstraintKind::PrimaryKey { columns } => format!("one ({})", list(columns)),
            ConstraintKind::Unique { columns } => format!("its own ({})", list(columns)),
            ConstraintKind::ForeignKey(key) => format!("its row in `{}`", key.references),
            ConstraintKind::Check { expression } => format!("({expression})"),
        };
        let text =
            format!("does every row of `{table}` have {demand}? One without stops it ({rows})");
        self.say(Topic::Rows, text);
    }

    fn index(&mut self, index: &Index) {
        let table = &index.table;
        let Some(rows) = self.filled(table) else {
            return;
        };
        if index.unique {
            let text = format!("is every row of `{table}` unique in the new index ({rows})?");
            self.say(Topic::Rows, text);
        }
    }

    /// Who waits, and for what.
    fn held_up(&mut self, operation: &Operation) {
        let held_up = self.around.dialect.hold_up(operation, self.around.live);
        let (Some(held_up), Some(table)) = (held_up, operation.table_changed()) else {
            return;
        };
        let who = match held_up.waiting {
            Waiting::Writers => "writers wait",
            Waiting::Everybody => "readers and writers wait",
        };
        let what = match held_up.work {
            LongWork::Rewrites => "is written anew",
            LongWork::Reads => "is read through",
            LongWork::Indexes => "is indexed",
        };
        if let Some(rows) = self.filled(table) {
            let way = held_up.way;
            let text = format!("{who} for `{table}` while it {what} ({rows}): {way}");
            self.say(Topic::Lock, text);
        }
    }

    fn programs(&mut self, what: &str) {
        let text =
            format!("do programs that run meanwhile {what}? Change them in a release before");
        self.say(Topic::Programs, text);
    }

    /// What goes and comes beside it may be one thing.
    fn renames(&mut self, operations: &[&Operation]) {
        for gone in operations {
            for come in operations {
                let pair = match (gone, come) {
                    (
                        Operation::DropColumn { table, column, .. },
                        Operation::AddColumn {
                            table: other,
                            column: new,
                            ..
                        },
                    ) if table == other && *column != new.name => Some((
                        format!("{table}.{column}"),
                        format!("{table}.{}", new.name),
                        format!("{table}.{column}={}", new.name),
                    )),
                    (Operation::DropTable { name, .. }, Operation::CreateTable { table, .. }) => {
                        let flag = format!("{name}={}", table.name);
                        Some((name.to_string(), table.name.to_string(), flag))
                    }
                    _ => None,
                };
                if let Some((from, to, flag)) = pair {
                    let text = format!(
                        "is `{to}` what `{from}` was? Then draft it again with `--rename {flag}`"
                    );
                    self.say(Topic::Rename, text);
                }
            }
        }
    }

    fn ways_back(&mut self, changes: &[Change]) {
        for change in changes.iter().filter(|it| it.down.is_empty()) {
            for operation in &change.up {
                let text = format!("nothing takes this back: {operation}");
                self.say(Topic::Back, text);
            }
        }
        let losing = |it: &&Operation| match it {
            Operation::DropTable { .. } => true,
            Operation::DropColumn { table, column, .. } => {
                !self.computed.contains(&(table, column))
            }
            _ => false,
        };
        if changes.iter().flat_map(|it| &it.up).any(|it| losing(&it)) {
            self.say(
                Topic::Back,
                "the downgrade makes it anew, but empty: `upgrade --backup` keeps a copy",
            );
        }
    }

    fn engine(&mut self, operations: &[&Operation]) {
        let syntax = self.around.dialect.syntax();
        let server = self.around.server;
        if !syntax.transactional_ddl && operations.len() > 1 {
            self.say(
                Topic::Engine,
                format!(
                    "{server} commits each statement as it runs: one that fails leaves those \
                     before it in effect, and `upgrade` goes on behind them"
                ),
            );
        }
        if let Some(advice) = syntax.table_change {
            let changes = |it: &&&Operation| {
                matches!(
                    it,
                    Operation::SetType { .. }
                        | Operation::SetNullable { .. }
                        | Operation::SetDefault { .. }
                        | Operation::AddConstraint { .. }
                        | Operation::DropConstraint { .. }
                )
            };
            if operations.iter().any(|it| changes(&it)) {
                self.say(Topic::Engine, format!("{server} {advice}"));
            }
        }
    }
}

fn list(columns: &[Ident]) -> String {
    let names: Vec<&str> = columns.iter().map(Ident::as_str).collect();
    names.join(", ")
}
