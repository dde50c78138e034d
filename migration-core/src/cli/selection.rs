//! Which tables are drawn: the flags of the comparing commands that speak of tables.

use clap::Args;

use super::comparing::Flags;
use super::context::Context;
use super::failure::Failure;
use crate::compare::Filter;
use crate::schema::Ident;

/// Which tables are drawn.
#[derive(Debug, Args, Default)]
#[group(id = "selected")]
pub(super) struct Selection {
    /// Draw only tables whose names fit; `*` is any text, `?` one character; in place of the ini's
    /// `include_tables` (may be repeated)
    #[arg(
        long = "table",
        alias = "include-table",
        value_name = "PATTERN",
        value_delimiter = ','
    )]
    tables: Vec<String>,

    /// Leave out tables whose names fit, besides the ini's `exclude_tables` (may be repeated)
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    exclude_table: Vec<String>,

    /// Look into this schema, too, besides the ini's `schemas` (PostgreSQL; may be repeated)
    #[arg(long = "schema", value_name = "NAME", value_delimiter = ',')]
    schemas: Vec<String>,
}

impl Selection {
    /// What is left out, by the ini and what was typed. Kinds of objects that a comparison leaves
    /// alone are drawn.
    pub(super) fn filter(&self, context: &Context<'_>) -> Result<Filter, Failure> {
        let settings = context.settings()?;
        let filter = &settings.autogenerate.filter;
        let filter = self.flags().filter(filter, &settings.prefix());
        Ok(Filter {
            exclude_kinds: Vec::new(),
            ..filter
        })
    }

    /// The schemas to look into besides the connection's own.
    pub(super) fn schemas(&self, context: &Context<'_>) -> Result<Vec<Ident>, Failure> {
        Ok(self
            .flags()
            .schemas(&context.settings()?.autogenerate.schemas))
    }

    /// The same for a comparison.
    fn flags(&self) -> Flags {
        Flags {
            include_table: self.tables.clone(),
            exclude_table: self.exclude_table.clone(),
            schemas: self.schemas.clone(),
            ..Flags::default()
        }
    }
}
