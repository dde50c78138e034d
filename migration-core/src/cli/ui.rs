//! The only printer: data to standard output, everything else to standard error.
//!
//! A closed pipe ends the program quietly. Colours and the progress line are for terminals;
//! `NO_COLOR` and `CLICOLOR_FORCE` are honoured.

use std::fmt::{self, Display};
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::builder::StyledStr;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use serde::Serialize;

use super::args::{ColorWhen, Global};
use super::failure::{Failure, Words};
use super::log;
use super::warning::Warning;
use crate::application::moment;
use crate::parallel::held;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default();
const GOOD: Style = AnsiColor::Green.on_default();

/// Where output goes and how it looks. Several threads may tell how work goes on.
pub(super) struct Ui {
    out: Mutex<BufWriter<Stdout>>,
    json: bool,
    quiet: bool,
    colour_out: bool,
    colour_err: bool,
    draws: bool,
    stamps: AtomicBool,
    progress: Mutex<Option<ProgressBar>>,
}

impl Ui {
    /// Reads the flags and asks the terminal.
    pub(super) fn new(global: &Global) -> Self {
        let mut ui = Self::plain(global.color, global.json);
        ui.quiet = global.quiet || global.json;
        // Log lines would stand in the middle of a progress line.
        let is_free = io::stderr().is_terminal() && !log::is_on();
        ui.draws = !ui.quiet && !global.no_progress && is_free;
        ui
    }

    /// For failures before the flags are known.
    pub(super) fn plain(color: ColorWhen, json: bool) -> Self {
        Self {
            out: Mutex::new(BufWriter::new(io::stdout())),
            json,
            quiet: json,
            colour_out: colours(color, &io::stdout()),
            colour_err: colours(color, &io::stderr()),
            draws: false,
            stamps: AtomicBool::new(false),
            progress: Mutex::new(None),
        }
    }

    /// From here on messages are plain lines that begin with the time, for logs.
    pub(super) fn stamp(&self) {
        self.stamps.store(!self.json, Ordering::Relaxed);
    }

    fn is_stamped(&self) -> bool {
        self.stamps.load(Ordering::Relaxed)
    }

    /// Whether somebody sees messages as they come, and may lose sight of them.
    pub(super) fn is_watched(&self) -> bool {
        self.draws && !self.is_stamped()
    }

    /// Whether `--json` was given.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether lines of data may hold colours.
    pub(super) fn colours_data(&self) -> bool {
        self.colour_out
    }

    /// Whether messages may hold colours.
    pub(super) fn colours_messages(&self) -> bool {
        self.colour_err
    }

    /// Writes a line of data.
    pub(super) fn data(&self, line: impl Display) -> Result<(), Failure> {
        quietly(writeln!(held(self.out.lock()), "{line}"))
    }

    /// Writes data as it is.
    pub(super) fn raw(&self, text: &str) -> Result<(), Failure> {
        quietly(held(self.out.lock()).write_all(text.as_bytes()))
    }

    /// Writes the document of `--json`.
    pub(super) fn document(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value)
            .expect("our own values have text keys and finite numbers");
        self.data(text)
    }

    /// Writes what a command did, as Alembic does: to standard output, unless told to be quiet.
    pub(super) fn done(&self, line: impl Display) -> Result<(), Failure> {
        if self.quiet {
            return Ok(());
        }
        self.data(line)?;
        self.flush()
    }

    /// Hands everything to the system.
    pub(super) fn flush(&self) -> Result<(), Failure> {
        quietly(held(self.out.lock()).flush())
    }

    /// Tells how work goes on.
    pub(super) fn status(&self, line: impl Display) {
        if !self.quiet {
            self.message(&line.to_string());
        }
    }

    /// Whether a person can be asked.
    pub(super) fn can_ask(&self) -> bool {
        !self.json && !self.is_stamped() && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks a person on the terminal; true for a yes.
    pub(super) fn ask(&self, question: &str) -> bool {
        matches!(self.typed(question).trim(), "y" | "Y" | "yes" | "Yes")
    }

    /// Asks a person on the terminal for a line; what cannot be read is nothing.
    pub(super) fn typed(&self, question: &str) -> String {
        let _ = write!(io::stderr(), "{question}");
        let _ = io::stderr().flush();
        let mut answer = String::new();
        match io::stdin().read_line(&mut answer) {
            Ok(_) => answer,
            Err(_) => String::new(),
        }
    }

    /// Asks a person for a password without showing it; without a terminal a line of standard input.
    pub(super) fn password(&self, question: &str) -> io::Result<String> {
        if io::stdin().is_terminal() {
            return rpassword::prompt_password(question);
        }
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Tells that work ended well.
    pub(super) fn success(&self, line: impl Display) {
        if !self.quiet {
            self.message(&paint(self.colour_err, GOOD, line));
        }
    }

    /// Tells what a person should look at, also to the quiet.
    pub(super) fn warning(&self, warning: &Warning) {
        if self.json {
            let document = serde_json::json!({ "warning": { "message": warning.to_string() } });
            self.message(&document.to_string());
        } else {
            let label = paint(self.colour_err, WARNING, "warning:");
            self.message(&format!("{label} {warning}"));
        }
    }

    /// Tells what failed: the error, its causes, what was done before, the advice.
    pub(super) fn failure(&self, words: &Words) {
        self.finish();
        let _ = self.flush();
        if self.json {
            let text = serde_json::to_string(&words.document()).expect("an error is made of texts");
            return self.message(&text);
        }
        let label = |style, word| paint(self.colour_err, style, word);
        let mut lines = Vec::new();
        match &words.snippet {
            Some(snippet) => lines.push(snippet.clone()),
            None => {
                lines.push(format!("{} {}", label(ERROR, "error:"), words.message));
                if let Some(place) = &words.place {
                    lines.push(format!(" {} {place}", label(NOTE, "-->")));
                }
            }
        }
        for cause in &words.causes {
            lines.push(format!(
                "{} {}",
                label(ERROR, "caused by:"),
                indented(cause)
            ));
        }
        for note in &words.notes {
            lines.push(format!("{} {note}", label(NOTE, "note:")));
        }
        if let Some(line) = &words.hint {
            lines.push(format!("{} {}", label(NOTE, "hint:"), indented(line)));
        }
        self.message(&lines.join("\n"));
    }

    /// Writes a page of clap's to standard output.
    pub(super) fn page(&self, text: &StyledStr) -> Result<(), Failure> {
        self.raw(&styled(text, self.colour_out))
    }

    /// Writes a refusal of clap's to standard error.
    pub(super) fn rendered(&self, text: &StyledStr) {
        self.message(styled(text, self.colour_err).trim_end());
    }

    /// Draws a progress line for so many statements, when somebody sees it.
    pub(super) fn begin(&self, statements: usize) {
        if !self.is_watched() || statements == 0 {
            return;
        }
        let style = ProgressStyle::with_template("{bar:20} {pos}/{len} {elapsed}{left} {wide_msg}")
            .expect("the template is well formed")
            .with_key("left", left);
        let bar = ProgressBar::with_draw_target(
            Some(statements as u64),
            ProgressDrawTarget::stderr_with_hz(10),
        );
        bar.set_style(style);
        bar.enable_steady_tick(Duration::from_millis(250));
        *held(self.progress.lock()) = Some(bar);
    }

    /// Moves the progress line to where so many statements are done.
    pub(super) fn advance(&self, done: usize) {
        if let Some(bar) = &*held(self.progress.lock()) {
            bar.set_position(done as u64);
        }
    }

    /// Says on the progress line what is being done.
    pub(super) fn doing(&self, what: impl Display) {
        if let Some(bar) = &*held(self.progress.lock()) {
            bar.set_message(what.to_string());
        }
    }

    /// Takes the progress line away.
    pub(super) fn finish(&self) {
        if let Some(bar) = held(self.progress.lock()).take() {
            bar.finish_and_clear();
        }
    }

    /// Writes lines to standard error; nobody can be told when that fails.
    fn message(&self, text: &str) {
        let whole = if self.is_stamped() {
            let now = moment::now_utc();
            text.lines().map(|line| format!("{now} {line}\n")).collect()
        } else {
            format!("{text}\n")
        };
        // At once: others may write to the same place.
        let write = || drop(io::stderr().write_all(whole.as_bytes()));
        match &*held(self.progress.lock()) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// The time that is left, where a part of the work is done that lets it be guessed.
fn left(state: &ProgressState, line: &mut dyn fmt::Write) {
    const SHORTEST: Duration = Duration::from_secs(3);
    let is_known = state.pos() * 10 >= state.len().unwrap_or(u64::MAX);
    if is_known && state.elapsed() >= SHORTEST {
        // A line that cannot be drawn is drawn the next time.
        let _ = write!(line, ", about {} left", HumanDuration(state.eta()));
    }
}

/// Puts a style around a text.
pub(super) fn paint(colour: bool, style: Style, text: impl Display) -> String {
    if colour {
        format!("{style}{text}{style:#}")
    } else {
        text.to_string()
    }
}

fn styled(text: &StyledStr, colour: bool) -> String {
    if colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

/// Whether a stream shows colours.
trait Stream: anstream::stream::RawStream {}
impl Stream for Stdout {}
impl Stream for Stderr {}

fn colours(when: ColorWhen, stream: &impl Stream) -> bool {
    match when {
        ColorWhen::Auto => AutoStream::choice(stream) != ColorChoice::Never,
        ColorWhen::Always => true,
        ColorWhen::Never => false,
    }
}

/// Further lines of an advice stand under the first.
fn indented(text: &str) -> String {
    text.replace('\n', "\n      ")
}

/// A reader that went away is no failure of ours.
fn quietly(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Closed),
        Err(source) => Err(super::error::CliError::CannotPrint { source }.into()),
    }
}
