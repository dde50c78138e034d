//! Tables and views, put together from the parts that belong to each.

use std::collections::{HashMap, HashSet};

use super::super::{IntrospectError, Live, Unread, Whole, stored};
use super::{Part, quoted};
use crate::database::Row;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{
    CheckOption, ConstraintKind, DataType, Dependent, DependentKind, Expression, Ident, Index,
    ObjectName, Table, TableOption, View,
};

/// Relations by what the catalog calls them.
pub(super) struct Relations {
    drafts: HashMap<i64, Draft>,
    /// The sequences that number the rows of a table, which are a part of it.
    numbering: HashSet<i64>,
}

/// What is known of one table or view.
#[derive(Default)]
struct Draft {
    /// It itself; its name is taken out.
    relation: Option<Part>,
    name: Option<ObjectName>,
    columns: Vec<Part>,
    constraints: Vec<Part>,
    indexes: Vec<Part>,
    triggers: Vec<Part>,
    policies: Vec<Part>,
    parents: Vec<Part>,
    partition_key: Option<String>,
    /// What its indexes have besides.
    beside: Vec<Part>,
    /// The relations that a view reads.
    reads: Vec<i64>,
}

/// What becomes of an index that no query may use, because its building was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Invalid {
    Kept,
    Unread,
}

impl Relations {
    /// Sorts the parts by what they belong to.
    pub(super) fn read(rows: Vec<Row>) -> Self {
        let mut drafts: HashMap<i64, Draft> = HashMap::new();
        let mut numbering = HashSet::new();
        for row in rows {
            let mut part = Part::of(row);
            let draft = drafts.entry(part.owner).or_default();
            match part.kind.as_str() {
                "column" => {
                    numbering.extend(part.other.as_ref().and_then(|it| it.parse::<i64>().ok()));
                    draft.columns.push(part);
                }
                "constraint" => draft.constraints.push(part),
                "index" => draft.indexes.push(part),
                "trigger" => draft.triggers.push(part),
                "policy" => draft.policies.push(part),
                "parent" => draft.parents.push(part),
                "partition" => draft.partition_key = part.text,
                "beside" => draft.beside.push(part),
                "reads" => draft.reads.push(part.place),
                _ => {
                    draft.name = Some(part.object_name());
                    draft.relation = Some(part);
                }
            }
        }
        for draft in drafts.values_mut() {
            draft.columns.sort_unstable_by_key(|part| part.place);
            draft.parents.sort_unstable_by_key(|part| part.place);
            draft
                .constraints
                .sort_unstable_by(|a, b| (a.place, &a.name).cmp(&(b.place, &b.name)));
            for parts in [
                &mut draft.indexes,
                &mut draft.triggers,
                &mut draft.policies,
                &mut draft.beside,
            ] {
                parts.sort_unstable_by(|a, b| a.name.cmp(&b.name));
            }
        }
        Self { drafts, numbering }
    }

    /// Whether a sequence is the one by which some column numbers rows.
    pub(super) fn numbers_rows(&self, sequence: i64) -> bool {
        self.numbering.contains(&sequence)
    }

    /// The only table that was asked for.
    pub(super) fn into_live(self, name: &ObjectName) -> Result<Live, IntrospectError> {
        let draft = self.drafts.into_values().next();
        let Some(draft) = draft.filter(|draft| draft.relation.is_some()) else {
            return Err(IntrospectError::NoSuchTable { name: name.clone() });
        };
        let rows = draft.relation.as_ref().map_or(0, |part| part.place);
        let ddl = draft.text(name);
        let mut whole = Whole::default();
        draft.add_table(name, Invalid::Kept, &mut whole);
        let is_apart = |it: &Dependent| match it.kind {
            DependentKind::Constraint { .. } | DependentKind::Index { .. } => false,
            DependentKind::View
            | DependentKind::MaterializedView
            | DependentKind::Trigger { .. }
            | DependentKind::Function { .. }
            | DependentKind::Procedure { .. }
            | DependentKind::Policy { .. }
            | DependentKind::RowSecurity { .. } => true,
        };
        if !whole.unread.is_empty() || !whole.schema.dependents.iter().all(is_apart) {
            return Err(stored::not_understood(&name.to_string(), &ddl));
        }
        Ok(Live {
            schema: whole.schema,
            rows: u64::try_from(rows).unwrap_or(0),
        })
    }

    /// Adds all: tables by name, views after those that they read.
    pub(super) fn add(mut self, whole: &mut Whole) {
        for view in self.views_in_order() {
            if let Some(draft) = self.drafts.remove(&view) {
                draft.add_view(whole);
            }
        }
        let mut tables: Vec<(ObjectName, Draft)> = self
            .drafts
            .into_values()
            .filter_map(|mut draft| Some((draft.name.take()?, draft)))
            .collect();
        tables.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (name, draft) in tables {
            draft.add_table(&name, Invalid::Unread, whole);
        }
    }

    /// The views, each after those that it reads, else by name.
    fn views_in_order(&self) -> Vec<i64> {
        let is_view = |draft: &Draft| {
            let relation = draft.relation.as_ref();
            relation.is_some_and(|part| part.kind != "table")
        };
        let mut waiting: Vec<(&ObjectName, i64, &[i64])> = self
            .drafts
            .iter()
            .filter(|(_, draft)| is_view(draft))
            .filter_map(|(id, draft)| Some((draft.name.as_ref()?, *id, draft.reads.as_slice())))
            .collect();
        waiting.sort_unstable();
        let mut missing: HashSet<i64> = waiting.iter().map(|(_, id, _)| *id).collect();
        let mut ordered = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let is_ready = |reads: &[i64]| !reads.iter().any(|read| missing.contains(read));
            // No view reads itself, but nothing is lost if one did.
            let at = waiting.iter().position(|(_, _, reads)| is_ready(reads));
            let (_, id, _) = waiting.remove(at.unwrap_or(0));
            missing.remove(&id);
            ordered.push(id);
        }
        ordered
    }
}

impl Draft {
    /// Adds a view with what stands on it.
    fn add_view(mut self, whole: &mut Whole) {
        let (Some(name), Some(relation)) = (self.name.take(), self.relation.take()) else {
            return;
        };
        let text = relation.text.unwrap_or_default();
        let query = text.trim().trim_end_matches(';').trim_end();
        let options = relation.other.filter(|options| !options.is_empty());
        let check_option = match options.as_deref() {
            None => Some(None),
            Some("check_option=local") => Some(Some(CheckOption::Local)),
            Some("check_option=cascaded") => Some(Some(CheckOption::Cascaded)),
            Some(_) => None,
        };
        let is_plain = relation.kind == "v";
        match check_option {
            Some(check_option) if is_plain => whole.schema.views.push(View {
                name: name.clone(),
                columns: Vec::new(),
                query: Expression::new(query),
                temporary: false,
                check_option,
            }),
            Some(_) | None => {
                let (kind, word) = if is_plain {
                    (DependentKind::View, "VIEW")
                } else {
                    (DependentKind::MaterializedView, "MATERIALIZED VIEW")
                };
                let options = options.map_or_else(String::new, |it| format!(" WITH ({it})"));
                whole.schema.dependents.push(Dependent {
                    kind,
                    sql: format!("CREATE {word} {}{options} AS\n{query}", quoted(&name)),
                    name: name.clone(),
                });
            }
        }
        self.add_indexes(&name, Invalid::Unread, whole);
        self.add_bound(&name, whole);
    }

    /// Adds a table with what stands on it.
    fn add_table(mut self, name: &ObjectName, invalid: Invalid, whole: &mut Whole) {
        let Some((mut table, others)) = self.understood(name) else {
            whole.unread.push(Unread {
                ddl: self.text(name),
                name: name.clone(),
            });
            return;
        };
        self.complete(&mut table, &mut whole.unread);
        let constraints = std::mem::take(&mut self.constraints);
        for (part, operation) in constraints.into_iter().zip(others) {
            match operation {
                Some(Operation::AddConstraint { mut constraint, .. }) => {
                    if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
                        key.references = referenced(part);
                    }
                    table.constraints.push(constraint);
                }
                Some(_) | None => whole.schema.dependents.push(Dependent {
                    kind: DependentKind::Constraint {
                        table: name.clone(),
                    },
                    sql: add_constraint(name, &part),
                    name: name.sibling(Ident::new(part.name)),
                }),
            }
        }
        whole.schema.tables.push(table);
        self.add_indexes(name, invalid, whole);
        self.add_bound(name, whole);
    }

    /// The table with its columns, and the operation that each constraint's text is, if it is one.
    fn understood(&self, name: &ObjectName) -> Option<(Table, Vec<Option<Operation>>)> {
        let mut text = self.create(name, "", &[]);
        for constraint in &self.constraints {
            text.push_str(";\n");
            text.push_str(&add_constraint(name, constraint));
        }
        let statements = statements(name, &text)?;
        let mut operations = statements.into_iter().map(only);
        let Some(Some(Operation::CreateTable { mut table, .. })) = operations.next() else {
            return None;
        };
        table.name = name.clone();
        let is_complete =
            operations.len() == self.constraints.len() && table.columns.len() == self.columns.len();
        is_complete.then(|| (table, operations.collect()))
    }

    /// `CREATE TABLE` with its columns and what stands behind them.
    fn create(&self, name: &ObjectName, how: &str, behind: &[TableOption]) -> String {
        let texts = self.columns.iter().map(|part| part.text.as_deref());
        let lines: Vec<&str> = texts.map(Option::unwrap_or_default).collect();
        let mut text = format!(
            "CREATE {how}TABLE {} (\n    {}\n)",
            quoted(name),
            lines.join(",\n    ")
        );
        for option in behind {
            let value = option.value.as_ref().map_or("", Expression::as_str);
            text += &format!(" {} {value}", option.keyword);
        }
        let relation = self.relation.as_ref();
        if let Some(clauses) = relation.and_then(|part| part.text.as_deref()) {
            text.push(' ');
            text.push_str(clauses);
        }
        text
    }

    /// The whole definition with all that stands on it.
    fn text(&self, name: &ObjectName) -> String {
        let how = if self.has_mark('u') { "UNLOGGED " } else { "" };
        let mut texts = vec![self.create(name, how, &self.behind())];
        texts.extend(self.constraints.iter().map(|it| add_constraint(name, it)));
        for parts in [&self.indexes, &self.triggers, &self.policies] {
            texts.extend(parts.iter().filter_map(|part| part.text.clone()));
        }
        texts.join(";\n")
    }

    /// Whether the table is said to be something: `u`nlogged, with `r`ow security, `f`orced.
    fn has_mark(&self, mark: char) -> bool {
        let relation = self.relation.as_ref();
        let marks = relation.and_then(|part| part.other.as_deref());
        marks.is_some_and(|marks| marks.contains(mark))
    }

    /// What stands directly behind the parenthesis and no text of ours says.
    fn behind(&self) -> Vec<TableOption> {
        let mut options = Vec::new();
        let mut add = |keyword: &str, value: String| {
            options.push(TableOption {
                keyword: keyword.to_owned(),
                value: Some(Expression::new(value)),
            });
        };
        if !self.parents.is_empty() {
            let texts = self.parents.iter().map(|part| part.text.as_deref());
            let parents: Vec<&str> = texts.map(Option::unwrap_or_default).collect();
            add("INHERITS", format!("({})", parents.join(", ")));
        }
        if let Some(key) = &self.partition_key {
            add("PARTITION BY", key.clone());
        }
        options
    }

    /// Adds to a table what its text does not say, and says what it cannot hold.
    fn complete(&mut self, table: &mut Table, unread: &mut Vec<Unread>) {
        let mut options = self.behind();
        if self.has_mark('u') {
            options.push(TableOption {
                keyword: "UNLOGGED".to_owned(),
                value: None,
            });
        }
        options.append(&mut table.options);
        table.options = options;
        table.comment = self.relation.as_mut().and_then(|part| part.comment.take());
        for (column, part) in table.columns.iter_mut().zip(&mut self.columns) {
            column.comment = part.comment.take();
            column.default = column.default.take().map(|default| bare(&default));
            take_usual_precision(&mut column.data_type);
            let counting = part.schema.take().filter(|counting| !counting.is_empty());
            unread.extend(counting.map(|counting| Unread {
                ddl: format!(
                    "ALTER TABLE {} ALTER COLUMN {} {counting}",
                    quoted(&table.name),
                    quoted(&ObjectName::new(column.name.as_str()))
                ),
                name: table.name.clone(),
            }));
        }
    }

    fn add_indexes(&mut self, name: &ObjectName, invalid: Invalid, whole: &mut Whole) {
        let is_left_out =
            |part: &Part| invalid == Invalid::Unread && part.other.as_deref() == Some("invalid");
        let (unread, indexes): (Vec<_>, Vec<_>) = std::mem::take(&mut self.indexes)
            .into_iter()
            .partition(is_left_out);
        whole.unread.extend(unread.into_iter().map(|part| Unread {
            name: name.sibling(Ident::new(part.name)),
            ddl: part.text.unwrap_or_default(),
        }));
        if indexes.is_empty() {
            return;
        }
        let texts = indexes.iter().map(|part| part.text.as_deref());
        let texts: Vec<&str> = texts.map(Option::unwrap_or_default).collect();
        let statements = statements(name, &texts.join(";\n")).unwrap_or_default();
        let mut operations = statements.into_iter().map(only);
        for part in indexes {
            match operations.next().flatten() {
                Some(Operation::CreateIndex { index, .. }) => {
                    whole.schema.indexes.push(stored_index(index, name));
                }
                Some(_) | None => whole.schema.dependents.push(Dependent {
                    kind: DependentKind::Index {
                        table: name.clone(),
                    },
                    name: name.sibling(Ident::new(part.name)),
                    sql: part.text.unwrap_or_default(),
                }),
            }
        }
    }

    /// Adds what is bound to a table or view and known by its text.
    fn add_bound(self, name: &ObjectName, whole: &mut Whole) {
        if self.has_mark('r') {
            let forced = self.has_mark('f');
            let force = if forced {
                ", FORCE ROW LEVEL SECURITY"
            } else {
                ""
            };
            whole.schema.dependents.push(Dependent {
                kind: DependentKind::RowSecurity { forced },
                name: name.clone(),
                sql: format!(
                    "ALTER TABLE {} ENABLE ROW LEVEL SECURITY{force}",
                    quoted(name)
                ),
            });
        }
        let mut add = |parts: Vec<Part>, kind: &DependentKind| {
            let dependents = parts.into_iter().map(|part| Dependent {
                kind: kind.clone(),
                name: name.sibling(Ident::new(part.name)),
                sql: part.text.unwrap_or_default(),
            });
            whole.schema.dependents.extend(dependents);
        };
        let table = name.clone();
        add(self.triggers, &DependentKind::Trigger { table });
        let table = name.clone();
        add(self.policies, &DependentKind::Policy { table });
        for part in self.beside {
            let index = name.sibling(Ident::new(part.name));
            let change = part.text.unwrap_or_default();
            if !change.is_empty() {
                whole.unread.push(Unread {
                    ddl: format!("ALTER INDEX {} {change}", quoted(&index)),
                    name: index,
                });
            }
        }
    }
}

fn add_constraint(table: &ObjectName, part: &Part) -> String {
    let text = part.text.as_deref().unwrap_or_default();
    format!("ALTER TABLE {} ADD {text}", quoted(table))
}

/// The table that a foreign key refers to.
fn referenced(part: Part) -> ObjectName {
    ObjectName {
        schema: part.schema.map(Ident::new),
        name: Ident::new(part.other.unwrap_or_default()),
    }
}

fn statements(name: &ObjectName, text: &str) -> Option<Vec<Vec<Operation>>> {
    stored::statements(Dialect::Postgres, &name.to_string(), text).ok()
}

fn only(mut operations: Vec<Operation>) -> Option<Operation> {
    let operation = operations.pop();
    operation.filter(|_| operations.is_empty())
}

/// The index without the method that it would get anyway.
fn stored_index(mut index: Index, table: &ObjectName) -> Index {
    index.table = table.clone();
    index.method = index.method.filter(|method| method.as_str() != "btree");
    index
}

/// Takes away the six digits of a second that a type has when nothing is said, too.
fn take_usual_precision(data_type: &mut DataType) {
    if let DataType::Time { precision, .. } | DataType::Timestamp { precision, .. } = data_type {
        *precision = precision.filter(|digits| *digits != 6);
    }
}

/// A default without the parentheses that the query puts around it: casts to types of several
/// words cannot be read without.
fn bare(default: &Expression) -> Expression {
    let text = default.as_str();
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    Expression::new(inner.unwrap_or(text).trim())
}
