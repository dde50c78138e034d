//! Measures this product beside Alembic, other tools and the engines' own limits, in one run.
//!
//! `docs/reference/performance.md` says what is measured and how to run it. Without arguments of
//! its own this binary also is the process that stands between the harness and what it measures
//! (`measured ...`), and the limits that no client of an engine is (`floor ...`).

mod alembic;
mod contest;
mod effect;
mod engine;
mod failure;
mod field;
mod files;
mod floor;
mod goal;
mod history;
mod jobs;
mod machine;
mod measure;
mod options;
mod output;
mod page;
mod report;
mod statistics;
mod wire;

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use clap::Parser as _;

use crate::failure::{Failure, during};
use crate::field::Field;
use crate::options::Options;
use crate::output::{complain, remark, say};

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    match words.split_first() {
        Some((first, rest)) if first == measure::BETWEEN => measure::between(rest),
        Some((first, rest)) if first == floor::FLOOR => floor::run(rest),
        Some(_) | None => match run(Options::parse()) {
            Ok(code) => code,
            Err(failure) => {
                complain(&failure);
                ExitCode::FAILURE
            }
        },
    }
}

/// Measures, from where it is installed.
fn run(options: Options) -> Result<ExitCode, Failure> {
    let Some(installed) = field::installed()? else {
        return measure_all(options).map(|()| ExitCode::SUCCESS);
    };
    let mut program = Command::new(installed);
    let ended = program.args(std::env::args_os().skip(1)).status();
    let code = ended.map_err(during("this program"))?.code();
    Ok(code
        .and_then(|it| u8::try_from(it).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

fn measure_all(options: Options) -> Result<(), Failure> {
    if cfg!(debug_assertions) {
        remark("this is a debug build: run it with `cargo run --release`, or the limits are wrong");
    }
    let write = options.write.clone();
    let field = Field::new(options)?;
    let mut text = machine::describe(&field)?;
    say(&text);
    let mut groups = Vec::new();
    for job in jobs::ALL {
        if !field.options.wants(job.name) {
            continue;
        }
        for group in (job.run)(&field)? {
            let table = report::table(&group);
            say(&format!("\n{table}"));
            text += &format!("\n\n{table}");
            groups.push(group);
        }
    }
    let verdict = report::verdict(&groups);
    say(&verdict);
    text += &format!("\n{verdict}");
    match write {
        Some(path) => page::write(&path, &text),
        None => Ok(()),
    }
}
