//! Database migrations in SQL, for products made of several components.
//!
//! Read it as a compiler: text comes in, a plan is made, operations are lowered to one engine,
//! and one of several back ends consumes the result. The life of `upgrade head`:
//!
//! 1. [`config`] reads the ini file, the environment and the command line into `Settings`.
//! 2. [`revision`] reads the header of every revision, from a directory or from the binary.
//! 3. [`graph`] builds the `RevisionGraph`: duplicates, missing parents and cycles end here.
//! 4. [`database`] opens the connection and reads the rows of the version table.
//! 5. [`plan`] computes the ordered steps and what each does to the version rows.
//! 6. [`program`] reads the bodies of those revisions, has [`sql`] turn them into operations and
//!    [`dialect`] into statements: the one value that every back end reads.
//! 7. [`execute`] runs it and reports; [`script`] prints it instead, and [`lint`] looks for what makes
//!    others wait.
//!
//! Modules are listed in the order of that pipeline; each may name only those before it, by the
//! table in `docs/architecture.md`, which a test checks.

// Ground: knows nothing of migrations.
pub mod text;

pub mod diagnostic;

mod parallel;

// Front end: files to graph to plan.
pub mod revision;

pub mod graph;

pub mod plan;

// Middle: the model and the intermediate representation.
pub mod schema;

pub mod operation;

pub mod sql;

pub mod render;

// Back end: operations to statements to uses.
pub mod dialect;

pub mod program;

pub mod script;

pub mod lint;

pub mod database;

pub mod status;

pub mod introspect;

pub mod diff;

pub mod draft;

pub mod diesel_schema;

pub mod picture;

pub mod execute;

pub mod compare;

pub mod verify;

// Shell.
pub mod config;

pub mod application;

pub mod cli;
