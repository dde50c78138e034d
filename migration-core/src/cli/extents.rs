//! The tables of the database with their rows and sizes: what `tables` and `dropdb` show.

use serde::Serialize;

use super::columns;
use super::comparing;
use super::context::Context;
use super::failure::Failure;
use super::standing;
use crate::compare::{Owner, Owners};
use crate::database::{self, Connection};
use crate::introspect::{self, Extent};
use crate::program::{self, Built};
use crate::schema::Ident;

/// Which tables, and how well their rows are known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish {
    /// Those of others, too.
    pub all: bool,
    /// Whether rows are counted where the engine only guesses.
    pub exact: bool,
}

/// A table, and whose it is.
pub(super) struct Found {
    pub extent: Extent,
    pub owner: Owner,
}

/// Reads the tables.
pub(super) fn read(
    context: &Context<'_>,
    connection: &mut dyn Connection,
    wish: Wish,
) -> Result<Vec<Found>, Failure> {
    let built = built(context, connection)?;
    let version_table = context.version_table()?;
    let owners = Owners::new(&built, version_table, connection.dialect());
    let own = database::own_schema(connection)?;
    let known = &context.settings()?.autogenerate.schemas;
    let mut schemas: Vec<Ident> = known.iter().cloned().chain(owners.schemas()).collect();
    schemas.extend(version_table.schema.as_ref().map(Ident::new));
    schemas.sort();
    schemas.dedup();
    schemas.retain(|it| own.as_deref() != Some(it.as_str()));
    let schemas = (!wish.all).then_some(schemas.as_slice());
    let extents = introspect::extents(connection, schemas)?;
    let found = extents.into_iter().map(|extent| Found {
        owner: owners.of(&extent.name),
        extent,
    });
    let mut found: Vec<Found> = found
        .filter(|it| wish.all || it.owner == Owner::Ours)
        .collect();
    if wish.exact {
        for it in &mut found {
            introspect::count_rows(connection, std::slice::from_mut(&mut it.extent))?;
        }
    }
    Ok(found)
}

/// A table of about so many rows is counted quickly.
const FEW: u64 = 100_000;

/// Reads all tables, whoever made them; those of few rows are counted.
pub(super) fn everything(connection: &mut dyn Connection) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for mut extent in introspect::extents(connection, None)? {
        if extent.rows.is_none_or(|rows| rows < FEW) {
            introspect::count_rows(connection, std::slice::from_mut(&mut extent))?;
        }
        found.push(Found {
            extent,
            owner: Owner::Other,
        });
    }
    Ok(found)
}

/// What the models build, and what the applied revisions built.
fn built(context: &Context<'_>, connection: &mut dyn Connection) -> Result<Vec<Built>, Failure> {
    let rows = standing::rows(context, connection)?;
    let mut built = vec![program::built(&context.linker()?, &rows)?];
    if comparing::has_models(context)? {
        built.push(comparing::built(context, &comparing::models(context)?)?);
    }
    Ok(built)
}

/// A table in `--json`.
#[derive(Serialize)]
pub(super) struct Object {
    table: String,
    rows: Option<u64>,
    exact: bool,
    bytes: Option<u64>,
    owner: &'static str,
}

impl From<&Found> for Object {
    fn from(found: &Found) -> Self {
        Self {
            table: found.extent.name.to_string(),
            rows: found.extent.rows,
            exact: found.extent.is_exact,
            bytes: found.extent.bytes,
            owner: found.owner.as_str(),
        }
    }
}

/// One line for each table, in columns.
pub(super) fn lines(found: &[Found]) -> Vec<String> {
    let row = |it: &Found| {
        vec![
            it.extent.name.to_string(),
            rows(&it.extent),
            it.extent.bytes.map_or_else(|| "?".to_owned(), size),
            it.owner.as_str().to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    columns::lines(&["TABLE", "ROWS", "SIZE", "WHOSE"], &rows, &[1, 2])
}

/// The same without a word about whose they are; nothing when there are none.
pub(super) fn plain_lines(found: &[Found]) -> Vec<String> {
    let row = |it: &Found| {
        let size = it.extent.bytes.map_or_else(|| "?".to_owned(), size);
        vec![it.extent.name.to_string(), rows(&it.extent), size]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    match rows.is_empty() {
        true => Vec::new(),
        false => columns::lines(&["TABLE", "ROWS", "SIZE"], &rows, &[1, 2]),
    }
}

/// The tables, rows and bytes of all together, in words.
pub(super) fn summary(found: &[Found]) -> String {
    let plural = if found.len() == 1 { "table" } else { "tables" };
    let extents = found.iter().map(|it| &it.extent);
    let is_exact = extents.clone().all(|it| it.is_exact);
    let rows: u64 = extents.clone().filter_map(|it| it.rows).sum();
    let about = if is_exact { "" } else { "about " };
    let row = if rows == 1 { "row" } else { "rows" };
    let bytes: u64 = extents.filter_map(|it| it.bytes).sum();
    format!(
        "{} {plural}, {about}{rows} {row}, {}",
        found.len(),
        size(bytes)
    )
}

/// A number of rows; with a mark when it is the engine's guess.
fn rows(extent: &Extent) -> String {
    match extent.rows {
        None => "?".to_owned(),
        Some(rows) if extent.is_exact => rows.to_string(),
        Some(rows) => format!("~{rows}"),
    }
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = UNITS[0];
    for next in &UNITS[1..] {
        if amount < 999.5 {
            break;
        }
        amount /= 1000.0;
        unit = next;
    }
    match amount {
        amount if amount < 9.95 => format!("{amount:.1} {unit}"),
        amount => format!("{amount:.0} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_two_or_three_digits() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (8192, "8.2 kB"),
            (9960, "10 kB"),
            (999_400, "999 kB"),
            (999_600, "1.0 MB"),
            (12_345_678, "12 MB"),
            (5_000_000_000_000, "5.0 TB"),
        ] {
            assert_eq!(size(bytes), text, "{bytes}");
        }
    }
}
