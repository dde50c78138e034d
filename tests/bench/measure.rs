//! Running one process and saying what it cost.
//!
//! What a process used is known to its parent alone, and the largest memory only of all children
//! together. So a small process of our own stands between: it starts the measured one, waits, and
//! writes one line about it.
#![expect(
    clippy::disallowed_methods,
    reason = "measurements run processes and read the clock"
)]

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use migration_tests::command::without_settings;
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use crate::failure::{Failure, during};
use crate::output::{complain, say};

/// The first argument of the process between.
pub(crate) const BETWEEN: &str = "measured";

/// What is run.
#[derive(Debug, Clone)]
pub(crate) struct Process {
    program: PathBuf,
    arguments: Vec<OsString>,
    directory: Option<PathBuf>,
    input: Option<PathBuf>,
    environment: Vec<(&'static str, OsString)>,
}

/// What one run cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sample {
    pub(crate) wall: Duration,
    /// User and system time together.
    pub(crate) cpu: Duration,
    /// The largest resident set, in KiB.
    pub(crate) memory: u64,
}

impl Process {
    pub(crate) fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            directory: None,
            input: None,
            environment: Vec::new(),
        }
    }

    /// This program itself, as one of the limits.
    pub(crate) fn ourselves() -> Result<Self, Failure> {
        let path = std::env::current_exe().map_err(during("this program's own path"))?;
        Ok(Self::new(path))
    }

    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(crate) fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.arguments.extend(arguments.map(OsString::from));
        self
    }

    /// Its working directory.
    pub(crate) fn inside(mut self, directory: &Path) -> Self {
        self.directory = Some(directory.to_owned());
        self
    }

    /// The file on its standard input.
    pub(crate) fn reading(mut self, input: &Path) -> Self {
        self.input = Some(input.to_owned());
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Runs it once, what it prints thrown away.
    pub(crate) fn measure(&self) -> Result<Sample, Failure> {
        let mut command = Command::new(Self::ourselves()?.program);
        let input = self.input.as_deref().unwrap_or(Path::new("/dev/null"));
        command.arg(BETWEEN).arg(input);
        command.arg(&self.program).args(&self.arguments);
        if let Some(directory) = &self.directory {
            command.current_dir(directory);
        }
        let mut command = without_settings(command);
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        let output = command.output().map_err(during("a measurement"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        match (output.status.success(), read(&said)) {
            (true, Some(sample)) => Ok(sample),
            (true | false, _) => Err(Failure::new(format!(
                "`{}` failed: {}",
                self.line(),
                last_lines(&String::from_utf8_lossy(&output.stderr))
            ))),
        }
    }

    fn line(&self) -> String {
        let mut line = self.program.display().to_string();
        for argument in &self.arguments {
            line.push(' ');
            line.push_str(&argument.to_string_lossy());
        }
        line
    }
}

/// The process between: arguments are the input, the program and its arguments.
pub(crate) fn between(arguments: &[OsString]) -> ExitCode {
    match run(arguments) {
        Ok(line) => {
            say(&line);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[OsString]) -> Result<String, Failure> {
    let [input, program, arguments @ ..] = arguments else {
        return Err(Failure::new("an input and a program are wanted"));
    };
    let input = File::open(input).map_err(during("the input"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(input).stdout(Stdio::null());
    let begin = Instant::now();
    let status = command.status().map_err(during("the start of a process"))?;
    let wall = begin.elapsed();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(during("its costs"))?;
    match status.success() {
        true => Ok(line(wall, &usage)),
        false => Err(Failure::new(status.to_string())),
    }
}

fn line(wall: Duration, usage: &Usage) -> String {
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // macOS counts bytes.
    let unit = if cfg!(target_os = "macos") { 1024 } else { 1 };
    format!("{} {cpu} {}", wall.as_micros(), usage.max_rss() / unit)
}

fn read(line: &str) -> Option<Sample> {
    let mut numbers = line.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    Some(Sample {
        wall: Duration::from_micros(next()?),
        cpu: Duration::from_micros(next()?),
        memory: next()?,
    })
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
