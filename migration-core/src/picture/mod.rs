//! Pictures: tables with their foreign keys, revisions with their branches, and a page about both.
//!
//! In: schemas, revisions and what is known of them. Out: text, as SVG, Mermaid, DOT, PlantUML, HTML
//! or lines for a terminal. The same values give the same text everywhere. Reads nothing and never
//! asks a database.

pub mod erd;
pub(crate) mod escape;
mod layout;
mod measure;
pub mod page;
mod sheet;
pub mod tree;

pub use sheet::Caption;
#[cfg(test)]
mod xml_check;
