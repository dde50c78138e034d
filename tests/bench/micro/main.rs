//! The stages that grow with histories and models, by themselves: `cargo bench -p migration-tests`.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use migration_core::dialect::Dialect;
use migration_core::diff::{self, DiffOptions};
use migration_core::graph::{self, RevisionGraph};
use migration_core::plan;
use migration_core::program;
use migration_core::revision::{Revision, read_directories};
use migration_core::schema::Schema;
use migration_core::text::Source;

criterion_group!(benches, revisions, models);
criterion_main!(benches);

/// Reading a directory, building the graph, planning the way from base to the head.
fn revisions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("revisions");
    group.sample_size(10);
    for number in [1_000, 10_000] {
        let directory = tempfile::tempdir().expect("a directory");
        write(directory.path(), number);
        let places = [directory.path().to_owned()];
        let read = || read_directories(&places).expect("revisions");
        let revisions = read();
        let graph = build(revisions.clone());
        let id = |stage| BenchmarkId::new(stage, number);
        group.bench_function(id("read"), |it| it.iter(read));
        group.bench_function(id("build"), |it| {
            it.iter_batched(|| revisions.clone(), build, BatchSize::LargeInput);
        });
        group.bench_function(id("plan"), |it| {
            it.iter(|| plan::upgrade(black_box(&graph), &[], &["head"]).expect("a plan"));
        });
    }
    group.finish();
}

/// Parsing models, and comparing schemas that differ in a column of every table, or in none.
fn models(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("models");
    group.sample_size(10);
    for number in [100, 1_000] {
        let text = tables(number, "");
        let (old, new) = (schema(&text), schema(&tables(number, ",\n    added TEXT")));
        let same = schema(&text);
        let options = DiffOptions::default();
        let id = |stage| BenchmarkId::new(stage, number);
        group.bench_function(id("parse"), |it| it.iter(|| schema(black_box(&text))));
        group.bench_function(id("diff, equal"), |it| {
            it.iter(|| diff::diff(black_box(&old), black_box(&same), &options));
        });
        group.bench_function(id("diff, all differ"), |it| {
            it.iter(|| diff::diff(black_box(&old), black_box(&new), &options));
        });
    }
    group.finish();
}

fn build(revisions: Vec<Arc<Revision>>) -> RevisionGraph {
    graph::build(revisions).expect("a line of revisions")
}

#[expect(clippy::disallowed_methods, reason = "revisions are read from files")]
fn write(directory: &Path, number: usize) {
    let mut parent = String::new();
    for position in 0..number {
        let id = format!("{:012x}", position * 7_919 + 1);
        let text = format!(
            "-- step {position}\n--\n-- Revision ID: {id}\n-- Revises: {parent}\n\
             -- Create Date: 2024-03-01 09:00:00\n\n-- migrate: upgrade\n\n\
             CREATE TABLE table_{position} (id INTEGER PRIMARY KEY, name VARCHAR(50));\n\n\
             -- migrate: downgrade\n\nDROP TABLE table_{position};\n"
        );
        fs::write(directory.join(format!("{id}_step.sql")), text).expect("a writable directory");
        parent = id;
    }
}

fn tables(number: usize, more: &str) -> String {
    let mut text = String::new();
    for position in 0..number {
        let parent = position / 2;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "CREATE TABLE table_{position} (
    id INTEGER PRIMARY KEY,
    name VARCHAR(50) NOT NULL,
    amount NUMERIC(10, 2) DEFAULT 0,
    note TEXT,
    parent_id INTEGER REFERENCES table_{parent} (id){more}
);
CREATE INDEX ix_{position} ON table_{position} (name);

"
        );
    }
    text
}

fn schema(text: &str) -> Schema {
    let source: Arc<Source> = Source::new("models.sql", text);
    let models = program::models(Dialect::Postgres, "", &source).expect("models");
    models.built.schema
}
