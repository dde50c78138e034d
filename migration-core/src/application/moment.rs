//! Clock, randomness and the names of user and machine: read here, handed down as values.
#![expect(
    clippy::disallowed_methods,
    reason = "the only place that reads clock and environment for the ledger"
)]

use std::time::Instant;

use jiff::{Timestamp, Zoned};

use super::Component;
use crate::dialect::rfc3339;
use crate::execute::Actor;

/// Now, in the system's zone.
pub(crate) fn now() -> Zoned {
    Zoned::now()
}

/// Now, for the ledger.
pub(crate) fn timestamp() -> Timestamp {
    Timestamp::now()
}

/// The same as the ledger has it.
pub(crate) fn now_utc() -> String {
    rfc3339(timestamp())
}

/// Now in UTC as a part of a file name.
pub(crate) fn stamp() -> String {
    Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Measures how long a run takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed, as `0.03 s`.
    pub(crate) fn seconds(&self) -> String {
        format!("{:.2} s", self.0.elapsed().as_secs_f64())
    }
}

/// Randomness for a new id.
pub(crate) fn random() -> [u8; 6] {
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes).expect("every system we run on has a source of randomness");
    bytes
}

/// Who runs this, for the ledger.
pub(crate) fn actor(component: &Component, tag: Option<&str>) -> Actor {
    let variable = |names: &[&str]| {
        let found = names.iter().find_map(|name| std::env::var(name).ok());
        found.unwrap_or_default()
    };
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = match host.trim() {
        "" => variable(&["HOSTNAME", "COMPUTERNAME"]),
        host => host.to_owned(),
    };
    let program = component.program_version();
    let user = variable(&["USER", "LOGNAME", "USERNAME"]);
    Actor {
        user: if user.is_empty() {
            owner().unwrap_or_default()
        } else {
            user
        },
        host,
        program: match tag {
            Some(tag) => format!("{program} ({tag})"),
            None => program,
        },
    }
}

/// The owner of the process, for services and containers whose environment names nobody.
#[cfg(unix)]
fn owner() -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    let uid = std::fs::metadata("/proc/self").ok()?.uid().to_string();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    Some(name.unwrap_or(uid))
}

#[cfg(not(unix))]
fn owner() -> Option<String> {
    None
}
