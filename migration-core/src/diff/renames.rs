//! Renames: what is known of them, done first; and what looks like one and is not known.

use std::borrow::Cow;
use std::collections::HashSet;

use super::order::{Part, Place, Role, Step, Thing};
use super::{Candidate, Change, DiffOptions, likeness, partitions};
use crate::operation::{Operation, apply as apply_operation};
use crate::schema::{Ident, ObjectName, Schema, Table};

/// What is there, after renames.
#[derive(Debug)]
pub(super) struct Renamed<'a> {
    /// What is there, by its new names.
    pub(super) schema: Cow<'a, Schema>,
    /// The former names of tables, which texts still use, and their names now.
    pub(super) former: Vec<(Ident, ObjectName)>,
    /// What looks like a rename.
    pub(super) doubts: Vec<Candidate>,
    /// What was said to have become something that is there beside it.
    pub(super) taken: Vec<Candidate>,
    renames: Vec<Rename>,
}

#[derive(Debug)]
struct Rename {
    /// The table, by its new name.
    table: ObjectName,
    up: Operation,
    down: Operation,
}

impl Renamed<'_> {
    /// The renames as steps.
    pub(super) fn steps(&self) -> Vec<Step<'_>> {
        let steps = self.renames.iter().enumerate().map(|(at, rename)| {
            let change = Change::new(rename.up.clone(), rename.down.clone());
            Step::new((Part::Renames, at, Place::Table), change)
                .does(Role::Alter, Thing::FormerNames(&rename.table))
        });
        steps.collect()
    }

    /// Whether a table is renamed, or a column of it that is named.
    pub(super) fn disturbs(&self, table: &ObjectName, is_named: impl Fn(&Ident) -> bool) -> bool {
        let mut renames = self.renames.iter().filter(|it| it.table == *table);
        renames.any(|rename| match &rename.up {
            Operation::RenameColumn { from, .. } => is_named(from),
            _ => true,
        })
    }

    fn table(&mut self, from: &ObjectName, to: &ObjectName) {
        self.former.push((from.name.clone(), to.clone()));
        self.push(Rename {
            table: to.clone(),
            up: Operation::RenameTable {
                from: from.clone(),
                to: to.name.clone(),
            },
            down: Operation::RenameTable {
                from: to.clone(),
                to: from.name.clone(),
            },
        });
    }

    fn column(&mut self, table: &ObjectName, from: &Ident, to: &Ident) {
        let operation = |from: &Ident, to: &Ident| Operation::RenameColumn {
            table: table.clone(),
            from: from.clone(),
            to: to.clone(),
        };
        self.push(Rename {
            table: table.clone(),
            up: operation(from, to),
            down: operation(to, from),
        });
    }

    fn push(&mut self, rename: Rename) {
        apply_operation(&rename.up, self.schema.to_mut())
            .expect("what is renamed is there, and its new name is free");
        self.renames.push(rename);
    }
}

/// What was said of a pair of names.
struct Answers<'a> {
    options: &'a DiffOptions,
    known: HashSet<&'a Candidate>,
}

impl<'a> Answers<'a> {
    fn new(options: &'a DiffOptions) -> Self {
        let known = options.answers.iter().map(|answer| &answer.candidate);
        Self {
            options,
            known: known.collect(),
        }
    }

    fn renames(&self) -> impl Iterator<Item = &'a Candidate> {
        let yes = (self.options.answers.iter()).filter(|answer| answer.is_rename);
        yes.map(|answer| &answer.candidate)
    }
}

/// Does the renames that were said, and looks for others.
pub(super) fn apply<'a>(from: &'a Schema, to: &Schema, options: &DiffOptions) -> Renamed<'a> {
    let answers = Answers::new(options);
    let mut renamed = Renamed {
        schema: Cow::Borrowed(from),
        former: Vec::new(),
        doubts: Vec::new(),
        taken: Vec::new(),
        renames: Vec::new(),
    };
    tables(&mut renamed, to, &answers);
    columns(&mut renamed, to, &answers);
    renamed
}

fn tables(renamed: &mut Renamed<'_>, to: &Schema, answers: &Answers<'_>) {
    let mut is: HashSet<ObjectName> = names(&renamed.schema);
    let shall_be: HashSet<ObjectName> = names(to);
    for candidate in answers.renames() {
        let Some((from, to)) = candidate.tables() else {
            continue;
        };
        let is_gone = is.contains(from) && !shall_be.contains(from);
        if !is_gone || !shall_be.contains(&to) {
            continue;
        }
        if is.contains(&to) {
            renamed.taken.push(candidate.clone());
            continue;
        }
        renamed.table(from, &to);
        is.remove(from);
        is.insert(to);
    }
    // What is a partition on the other side is neither gone nor new.
    let [are, shall] = [&*renamed.schema, to].map(partitions::of);
    let is_gone = |it: &&Table| !shall_be.contains(&it.name) && !shall.contains_key(&it.name);
    let is_new = |it: &&Table| !is.contains(&it.name) && !are.contains_key(&it.name);
    let gone: Vec<_> = renamed.schema.tables.iter().filter(is_gone).collect();
    let new: Vec<_> = to.tables.iter().filter(is_new).collect();
    let is_open = |candidate: &Candidate| !answers.known.contains(candidate);
    renamed.doubts = likeness::tables((&gone, &new), answers.options.is_by_hand, is_open);
    let doubts = others(&new, &renamed.doubts, answers);
    renamed.doubts.extend(doubts);
}

/// Which tables that stay as they are may be new ones by their former names. Whoever said of one that it
/// is none is not asked about the next: nothing happens to any of them.
fn others(new: &[&Table], doubts: &[Candidate], answers: &Answers<'_>) -> Vec<Candidate> {
    let others: Vec<&Table> = answers.options.others.iter().collect();
    let is_other = |name: &ObjectName| others.iter().any(|it| it.name == *name);
    let answered = answers.known.iter().filter_map(|it| it.tables());
    let of_others = answered.filter(|(from, _)| is_other(from));
    let asked = doubts.iter().filter_map(Candidate::tables);
    let asked: HashSet<ObjectName> = asked.chain(of_others).map(|(_, to)| to).collect();
    let new = new.iter().filter(|it| !asked.contains(&it.name)).copied();
    let new: Vec<&Table> = new.collect();
    likeness::others(&others, &new)
}

fn names(schema: &Schema) -> HashSet<ObjectName> {
    schema.tables.iter().map(|it| it.name.clone()).collect()
}

fn columns(renamed: &mut Renamed<'_>, to: &Schema, answers: &Answers<'_>) {
    for candidate in answers.renames() {
        let Candidate::Column {
            table,
            from,
            to: new,
        } = candidate
        else {
            continue;
        };
        let (Some(is), Some(shall_be)) = (renamed.schema.table(table), to.table(table)) else {
            continue;
        };
        let is_gone = is.column(from).is_some() && shall_be.column(from).is_none();
        if !is_gone || shall_be.column(new).is_none() {
            continue;
        }
        match is.column(new) {
            Some(_) => renamed.taken.push(candidate.clone()),
            None => renamed.column(table, from, new),
        }
    }
    let is_open = |candidate: &Candidate| !answers.known.contains(candidate);
    let former = renamed.schema.tables.iter().map(|it| (&it.name, it));
    let former: std::collections::HashMap<_, _> = former.collect();
    let both = to.tables.iter();
    let both = both.filter_map(|to| former.get(&to.name).map(|from| (*from, to)));
    let doubts: Vec<_> = both
        .flat_map(|(from, to)| likeness::columns((from, to), answers.options.is_by_hand, is_open))
        .collect();
    renamed.doubts.extend(doubts);
}
