//! Waiting until the database answers: what `wait`, `upgrade-and-close` and `run` have in common.

use std::path::Path;
use std::time::Duration;

use clap::Args;

use super::act::seconds;
use super::context::Context;
use super::failure::Failure;
use super::interrupt;
use crate::database::{self, Address, Connection, DatabaseError, OpenOptions, Patience};

/// How long and how often.
#[derive(Debug, Args)]
pub(super) struct Answering {
    /// Give up after this time; 0 tries once
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub timeout: Duration,

    /// Pause this long between two tries, at most; pauses begin with a tenth of a second, and chance
    /// shortens them
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub interval: Duration,
}

/// The longest silence while the reason stays the same, where lines stay to be read.
const SILENCE: Duration = Duration::from_secs(10);

/// The same on a terminal.
const SECOND: Duration = Duration::from_secs(1);

impl Answering {
    /// Waits for the database; none for a SQLite file that is still to be made.
    pub(super) fn wait(
        &self,
        context: &Context<'_>,
    ) -> Result<Option<Box<dyn Connection>>, Failure> {
        let address = context.address()?;
        if let Address::Sqlite { path } = &address
            && is_to_be_made(path)
        {
            return Ok(None);
        }
        interrupt::listen();
        let mut said: Option<Duration> = None;
        let mut last = String::new();
        let silence = match context.ui.is_watched() {
            true => SECOND,
            false => SILENCE,
        };
        let mut tell = |error: &DatabaseError, waited: Duration| {
            let reason = reason(error);
            let is_due = said.is_none_or(|at| waited - at >= silence);
            if is_due || last != reason {
                context.ui.status(format_args!(
                    "Waiting for the database ({} s): {reason}",
                    waited.as_secs()
                ));
                said = Some(waited);
                last = reason;
            }
        };
        let patience = Patience {
            timeout: self.timeout,
            interval: self.interval,
            go_on: &|| !interrupt::is_asked(),
        };
        let options = OpenOptions::read(context.component.program);
        let opened = database::wait(&address, &options, &patience, &mut tell)?;
        Ok(Some(opened))
    }
}

/// Whether a file is not there and its directory is.
fn is_to_be_made(path: &Path) -> bool {
    let directory = path.parent().filter(|it| !it.as_os_str().is_empty());
    !path.exists() && directory.is_none_or(Path::is_dir)
}

/// An error and its causes on one line.
pub(super) fn reason(error: &DatabaseError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
