//! The only printer: tables on standard output, what is going on on standard error.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that is run by hand speaks to the person who runs it"
)]

use crate::failure::Failure;

/// A line of the result.
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// A line about what is going on.
pub(crate) fn remark(line: &str) {
    eprintln!("{line}");
}

/// What went wrong, and what to do about it.
pub(crate) fn complain(failure: &Failure) {
    eprintln!("error: {failure}");
    if let Some(hint) = failure.hint() {
        eprintln!("hint: {hint}");
    }
}
