//! A table without what goes without saying, so that two that are the same are equal.

use super::definition::{Definition, option};
use crate::dialect::Dialect;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, ForeignKey, Ident, Index, IndexKey,
    IndexPart, ReferentialAction, SortOrder, Table, TableOption,
};
use crate::sql;

/// What holds where nothing is said.
pub(super) struct Rules {
    /// The database of the connection.
    pub(super) own: String,
    /// The collation of the database.
    pub(super) collation: String,
    /// The engine of tables.
    pub(super) engine: String,
}

impl Rules {
    /// What a table has of which nothing is said.
    pub(super) fn options(&self) -> Vec<TableOption> {
        let options = [("COLLATE", &self.collation), ("ENGINE", &self.engine)];
        let option = |(keyword, value): (&str, &String)| TableOption {
            keyword: keyword.to_owned(),
            value: Some(Expression::new(value.as_str())),
        };
        options.into_iter().map(option).collect()
    }
}

/// Takes what goes without saying out of a table; `collation` is the table's, `home` the database
/// it is in when it is another than the connection's.
pub(super) fn table(
    definition: &mut Definition,
    collation: &str,
    home: Option<&Ident>,
    rules: &Rules,
) {
    let Definition { table, indexes, .. } = definition;
    indexes.retain(|index| !is_implied(index, table));
    for column in &mut table.columns {
        self::column(column, collation);
    }
    for constraint in &mut table.constraints {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            reference(key, home, rules);
        }
    }
    for index in indexes.iter_mut() {
        let is_tree = |method: &mut Ident| method.as_str().eq_ignore_ascii_case("BTREE");
        index.method.take_if(is_tree);
    }
    options(table, collation, rules);
}

fn options(table: &mut Table, collation: &str, rules: &Rules) {
    let is_engine =
        option(table, "ENGINE").is_some_and(|it| it.eq_ignore_ascii_case(&rules.engine));
    let is_collation = collation == rules.collation;
    table
        .options
        .retain(|option| match option.keyword.as_str() {
            // How far it has counted.
            "AUTO_INCREMENT" => false,
            "ENGINE" => !is_engine,
            "CHARSET" => !is_collation,
            "COLLATE" => false,
            _ => true,
        });
    if !is_collation {
        table.options.push(TableOption {
            keyword: "COLLATE".to_owned(),
            value: Some(Expression::new(collation)),
        });
    }
    table.options.sort_by(|a, b| a.keyword.cmp(&b.keyword));
}

fn column(column: &mut Column, table_collation: &str) {
    let is_inherited = |it: &mut Ident| it.as_str() == table_collation;
    if column.collation.take_if(is_inherited).is_some() {
        let is_charset = |it: &Expression| it.as_str().starts_with("CHARACTER SET");
        column.attributes.retain(|it| !is_charset(it));
    }
    column.default = column.default.as_ref().and_then(default);
    for attribute in &mut column.attributes {
        let moment = attribute.as_str().strip_prefix("ON UPDATE ");
        if let Some(moment) = moment.and_then(|it| default(&Expression::new(it))) {
            *attribute = Expression::new(format!("ON UPDATE {moment}"));
        }
    }
    if let DataType::Other(spelled) = &column.data_type {
        column.data_type = data_type(spelled.as_str());
    }
}

/// The types of the model that are meant by names of the server, and whole numbers without the
/// width that clients show them in.
fn data_type(spelled: &str) -> DataType {
    let candidates = [DataType::Text, DataType::Binary, DataType::Real];
    let compiler = Dialect::Mysql.compiler();
    for known in candidates {
        let written = compiler.data_type(&known);
        if written.is_ok_and(|written| written.eq_ignore_ascii_case(spelled)) {
            return known;
        }
    }
    let whole = ["tinyint", "smallint", "mediumint", "int", "bigint", "year"];
    let bare = spelled.split_once('(').and_then(|(name, rest)| {
        let (_, behind) = rest.split_once(')')?;
        let is_bare = whole.contains(&name) && !behind.contains("zerofill");
        is_bare.then(|| format!("{name}{behind}"))
    });
    DataType::Other(Expression::new(bare.as_deref().unwrap_or(spelled)))
}

/// NULL is none, and the clock has the standard's name.
fn default(default: &Expression) -> Option<Expression> {
    let bare = sql::joined(default.as_str(), true).unwrap_or_else(|| default.clone());
    let upper = bare.as_str().to_ascii_uppercase();
    if upper == "NULL" {
        return None;
    }
    if let Some(digits) = upper.strip_prefix("CURRENT_TIMESTAMP") {
        let digits = digits.strip_suffix("()").unwrap_or(digits);
        let is_clock = digits
            .bytes()
            .all(|it| it.is_ascii_digit() || b"()".contains(&it));
        if is_clock {
            return Some(Expression::new(format!("CURRENT_TIMESTAMP{digits}")));
        }
    }
    Some(bare)
}

fn reference(key: &mut ForeignKey, home: Option<&Ident>, rules: &Rules) {
    // The server does the same for both.
    for action in [&mut key.on_update, &mut key.on_delete] {
        if *action == ReferentialAction::Restrict {
            *action = ReferentialAction::NoAction;
        }
    }
    key.references.schema = match key.references.schema.take() {
        Some(named) if named.as_str() == rules.own => None,
        Some(named) => Some(named),
        None => home.cloned(),
    };
}

/// Whether the server made the index by itself because a foreign key needs one: over the same
/// columns, under the name that it gives.
fn is_implied(index: &Index, table: &Table) -> bool {
    let plain = |part: &IndexPart| match &part.key {
        IndexKey::Column { name, length: None } if part.order == SortOrder::Ascending => {
            Some(name.clone())
        }
        IndexKey::Column { .. } | IndexKey::Expression(_) => None,
    };
    let columns: Option<Vec<Ident>> = index.parts.iter().map(plain).collect();
    let (Some(columns), Some(name), false, None) =
        (columns, &index.name, index.unique, &index.method)
    else {
        return false;
    };
    table
        .constraints
        .iter()
        .any(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                key.columns == columns && is_given(name.as_str(), constraint, &key.columns, table)
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::Check { .. } => false,
        })
}

/// Whether the server names the index of a foreign key so: as the constraint, or when that has no
/// name of its own as the first column, with a number behind it when the name is taken.
fn is_given(name: &str, constraint: &Constraint, columns: &[Ident], table: &Table) -> bool {
    let own = constraint.name.as_ref().map_or("", Ident::as_str);
    if own.eq_ignore_ascii_case(name) {
        return true;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let behind = |text: &str, prefix: &str| -> Option<String> {
        let head = text.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix)
            .then(|| text[prefix.len()..].to_owned())
    };
    let generated = format!("{}_ibfk_", table.name.name);
    let is_unnamed = own.is_empty() || behind(own, &generated).is_some_and(|it| is_number(&it));
    let first = columns.first().map_or("", Ident::as_str);
    is_unnamed
        && behind(name, first)
            .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('_').is_some_and(is_number))
}
