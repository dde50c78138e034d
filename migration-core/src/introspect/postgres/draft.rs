//! One table or view, put together from its parts.

use super::super::{InvalidIndex, Unread, Whole, stored};
use super::attributes::Attributes;
use super::kinds::{self, Kinds};
use super::{Part, arrays, key, quoted, switched};
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::{
    CheckOption, Column, ConstraintKind, DataType, Dependent, DependentKind, Expression, Ident,
    Identity, Index, ObjectName, Table, TableOption, View,
};

/// What is known of one table or view.
#[derive(Default)]
pub(super) struct Draft {
    /// It itself; its name is taken out.
    pub(super) relation: Option<Part>,
    pub(super) name: Option<ObjectName>,
    pub(super) attributes: Attributes,
    comments: Vec<Part>,
    /// Sequences that are dropped with a column.
    owned: Vec<Part>,
    pub(super) constraints: Vec<Part>,
    /// The columns that each of the constraints leads to, when it is a key by numbers.
    pub(super) led_to: Vec<Vec<Ident>>,
    indexes: Vec<Part>,
    triggers: Vec<Part>,
    rules: Vec<Part>,
    /// A trigger of a foreign key or constraint that is switched off.
    off: Option<Part>,
    policies: Vec<Part>,
    parents: Vec<Part>,
    partition_key: Option<String>,
    /// What its indexes have besides.
    beside: Vec<Part>,
    /// The relations that a view reads.
    pub(super) reads: Vec<i64>,
}

impl Draft {
    /// Takes a part in, in whatever order they come.
    pub(super) fn take(&mut self, mut part: Part) {
        if matches!(part.kind.as_str(), "constraint" | "index") {
            part.text = part.text.as_deref().map(arrays::whole);
        }
        match part.kind.as_str() {
            "comment" => self.comments.push(part),
            "numbering" | "identity" => self.owned.push(part),
            "constraint" | "key" => self.constraints.push(part),
            "index" | "columns" => self.indexes.push(part),
            "trigger" => self.triggers.push(part),
            "rule" => self.rules.push(part),
            "off" => self.off = Some(part),
            "policy" => self.policies.push(part),
            "parent" => self.parents.push(part),
            "partition" => self.partition_key = part.text,
            "beside" => self.beside.push(part),
            "reads" => self.reads.push(part.place),
            _ => {
                self.name = Some(part.object_name());
                self.relation = Some(part);
            }
        }
    }

    /// Puts the parts in order: by place, or by name.
    pub(super) fn sort(&mut self) {
        for parts in [&mut self.parents, &mut self.owned] {
            parts.sort_unstable_by_key(|part| part.place);
        }
        for parts in [
            &mut self.constraints,
            &mut self.indexes,
            &mut self.triggers,
            &mut self.rules,
            &mut self.policies,
            &mut self.beside,
        ] {
            parts.sort_unstable_by(|a, b| (a.place, &a.name).cmp(&(b.place, &b.name)));
        }
    }

    /// Adds a view with what stands on it.
    pub(super) fn add_view(mut self, whole: &mut Whole) {
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
        self.add_indexes(&name, whole);
        self.add_bound(&name, whole);
    }

    /// Adds a table with what stands on it. Gives the sequences that are a part of its columns.
    pub(super) fn add_table(
        mut self,
        name: &ObjectName,
        (kinds, whole): (&Kinds, &mut Whole),
    ) -> Vec<i64> {
        let Some((mut table, others)) = self.understood(name, kinds) else {
            whole.unread.push(Unread {
                ddl: self.text(name, kinds),
                name: name.clone(),
            });
            return Vec::new();
        };
        let numbering = self.complete(&mut table, &mut whole.unread);
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
        self.add_indexes(name, whole);
        self.add_bound(name, whole);
        numbering
    }

    /// The table with its columns, and the operation that each constraint is, if it is one.
    fn understood(
        &self,
        name: &ObjectName,
        kinds: &Kinds,
    ) -> Option<(Table, Vec<Option<Operation>>)> {
        let mut table = Table::new(name.clone());
        table.columns = self.attributes.understood(kinds)?;
        if let Some(clauses) = self.clauses() {
            table.options = kinds::options(clauses)?;
        }
        Some((table, self.operations(name)?))
    }

    /// What stands behind the parenthesis.
    fn clauses(&self) -> Option<&str> {
        let text = self.relation.as_ref()?.text.as_deref();
        text.filter(|clauses| !clauses.is_empty())
    }

    /// The operation that makes each constraint; none when the model does not hold it.
    fn operations(&self, name: &ObjectName) -> Option<Vec<Option<Operation>>> {
        let printed = self.constraints.iter().filter(|part| part.kind != "key");
        let texts: Vec<String> = printed.map(|part| add_constraint(name, part)).collect();
        let read = match texts.is_empty() {
            true => Vec::new(),
            false => statements(name, &texts.join(";\n"))?,
        };
        if read.len() != texts.len() {
            return None;
        }
        let mut read = read.into_iter().map(only);
        let operation = |(at, part): (usize, &Part)| match part.kind == "key" {
            true => Some(Operation::AddConstraint {
                table: name.clone(),
                constraint: key::constraint(part, &self.attributes, self.led_to.get(at)?)?,
            }),
            false => read.next().flatten(),
        };
        Some(self.constraints.iter().enumerate().map(operation).collect())
    }

    /// `CREATE TABLE` with its columns and what stands behind them.
    fn create(&self, name: &ObjectName, how: &str, kinds: &Kinds) -> String {
        let mut text = format!(
            "CREATE {how}TABLE {} (\n    {}\n)",
            quoted(name),
            self.attributes.lines(kinds).join(",\n    ")
        );
        for option in self.behind() {
            let value = option.value.as_ref().map_or("", Expression::as_str);
            text += &format!(" {} {value}", option.keyword);
        }
        if let Some(clauses) = self.clauses() {
            text.push(' ');
            text.push_str(clauses);
        }
        text
    }

    /// The whole definition with all that stands on it.
    pub(super) fn text(&self, name: &ObjectName, kinds: &Kinds) -> String {
        let how = if self.has_mark('u') { "UNLOGGED " } else { "" };
        let mut texts = vec![self.create(name, how, kinds)];
        let operations = self.operations(name).unwrap_or_default();
        for (at, part) in self.constraints.iter().enumerate() {
            texts.push(match operations.get(at) {
                Some(Some(operation)) if part.kind == "key" => key::text(operation),
                Some(_) | None => add_constraint(name, part),
            });
        }
        for part in &self.indexes {
            texts.extend(match self.plain_index(part, name) {
                Some(index) => Some(key::text(&create_index(index))),
                None => part.text.clone(),
            });
        }
        for parts in [&self.triggers, &self.policies] {
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

    /// Adds to a table what its text does not say, and says what it cannot hold. Gives the
    /// sequences that are a part of its columns.
    fn complete(&mut self, table: &mut Table, unread: &mut Vec<Unread>) -> Vec<i64> {
        let mut options = self.behind();
        if self.has_mark('u') {
            options.push(TableOption {
                keyword: "UNLOGGED".to_owned(),
                value: None,
            });
        }
        options.append(&mut table.options);
        table.options = options;
        for part in self.comments.drain(..) {
            match self.attributes.at(part.place) {
                Some(at) => table.columns[at].comment = part.text,
                None => table.comment = part.text,
            }
        }
        let mut numbering = Vec::new();
        for part in self.owned.drain(..) {
            let at = self.attributes.at(part.place);
            let Some(column) = at.and_then(|at| table.columns.get_mut(at)) else {
                continue;
            };
            if part.kind == "identity" {
                unread.extend(counting(&table.name, column, &part));
            } else if is_serial(column, &part) {
                column.identity = Some(Identity::Serial);
                column.default = None;
                numbering.extend(part.other.and_then(|sequence| sequence.parse::<i64>().ok()));
            }
        }
        numbering
    }

    fn add_indexes(&mut self, name: &ObjectName, whole: &mut Whole) {
        let indexes = std::mem::take(&mut self.indexes);
        let invalid = indexes.iter().filter_map(|part| invalid(name, part));
        whole.invalid.extend(invalid);
        if indexes.is_empty() {
            return;
        }
        let printed = indexes.iter().filter(|part| part.kind == "index");
        let texts = printed.map(|part| part.text.as_deref());
        let texts: Vec<&str> = texts.map(Option::unwrap_or_default).collect();
        let statements = statements(name, &texts.join(";\n")).unwrap_or_default();
        let mut operations = statements.into_iter().map(only);
        for part in indexes {
            if let Some(index) = self.plain_index(&part, name) {
                whole.schema.indexes.push(index);
                continue;
            }
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

    /// The index that a part is, when it comes by numbers.
    fn plain_index(&self, part: &Part, table: &ObjectName) -> Option<Index> {
        let is_plain = part.kind == "columns";
        is_plain.then(|| key::index(part, &self.attributes, table))?
    }

    /// Adds what is bound to a table or view and known by its text.
    fn add_bound(self, name: &ObjectName, whole: &mut Whole) {
        if self.has_mark('r') {
            let secured = row_security(name, self.has_mark('f'));
            whole.schema.dependents.push(secured);
        }
        let mut switched = switched::of(name, "TRIGGER", &self.triggers);
        switched.extend(switched::of(name, "RULE", &self.rules));
        switched.extend(self.off.map(|_| switched::all_off(name)));
        let mut add = |parts: Vec<Part>, kind: &DependentKind| {
            whole.schema.dependents.extend(bound(parts, name, kind));
        };
        let table = name.clone();
        add(self.triggers, &DependentKind::Trigger { table });
        let table = name.clone();
        add(self.policies, &DependentKind::Policy { table });
        let table = name.clone();
        whole
            .apart
            .extend(bound(self.rules, name, &DependentKind::Rule { table }));
        whole.apart.append(&mut switched);
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

/// An index that no query may use. Of one of a table with partitions the engine builds nothing again.
pub(super) fn invalid(table: &ObjectName, part: &Part) -> Option<InvalidIndex> {
    let how = part.other.as_deref()?;
    let name = table.sibling(Ident::new(part.name.as_str()));
    Some(InvalidIndex {
        rebuild: (how != "parted").then(|| format!("REINDEX INDEX {}", quoted(&name))),
        name,
        table: table.clone(),
    })
}

/// Row-level security that is on.
pub(super) fn row_security(table: &ObjectName, forced: bool) -> Dependent {
    let force = if forced {
        ", FORCE ROW LEVEL SECURITY"
    } else {
        ""
    };
    Dependent {
        kind: DependentKind::RowSecurity { forced },
        name: table.clone(),
        sql: format!(
            "ALTER TABLE {} ENABLE ROW LEVEL SECURITY{force}",
            quoted(table)
        ),
    }
}

/// What is bound to a table, each known by its text.
fn bound(
    parts: Vec<Part>,
    table: &ObjectName,
    kind: &DependentKind,
) -> impl Iterator<Item = Dependent> {
    parts.into_iter().map(move |part| Dependent {
        kind: kind.clone(),
        name: table.sibling(Ident::new(part.name)),
        sql: part.text.unwrap_or_default(),
    })
}

/// Whether a sequence counts for a column as that of `SERIAL` does, which is never NULL.
fn is_serial(column: &Column, sequence: &Part) -> bool {
    let is_whole = matches!(
        column.data_type,
        DataType::SmallInt | DataType::Integer | DataType::BigInt
    );
    let default = column.default.as_ref().map(Expression::as_str);
    let is_required = is_whole && !column.nullable;
    is_required && default == sequence.text.as_deref() && sequence.schema.as_deref() == Some("")
}

/// What a standard identity says besides, which the model does not hold.
fn counting(table: &ObjectName, column: &Column, sequence: &Part) -> Option<Unread> {
    let counting = sequence.schema.as_deref();
    let counting = counting.filter(|counting| !counting.is_empty())?;
    let column = quoted(&ObjectName::new(column.name.as_str()));
    Some(Unread {
        ddl: format!(
            "ALTER TABLE {} ALTER COLUMN {column} {counting}",
            quoted(table)
        ),
        name: table.clone(),
    })
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

fn create_index(index: Index) -> Operation {
    Operation::CreateIndex {
        index,
        concurrently: false,
        if_not_exists: false,
    }
}

/// The index without the method that it would get anyway.
fn stored_index(mut index: Index, table: &ObjectName) -> Index {
    index.table = table.clone();
    index.method = index.method.filter(|method| method.as_str() != "btree");
    index
}
