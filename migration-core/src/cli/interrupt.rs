//! Ctrl-C and a polite kill: the first asks for a stop, the second ends the
//! process at once, and the database undoes what was not committed.
#![expect(
    clippy::disallowed_methods,
    reason = "a second interruption must not wait for anybody"
)]

use std::io::{self, Write};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// What a shell reports for a process that Ctrl-C ended.
const ENDED_BY_INTERRUPT: i32 = 130;

/// Begins to listen. Without it Ctrl-C ends the process as usual, which reading commands want.
pub(super) fn listen() {
    // An embedding program that listens already keeps its own handler.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            process::exit(ENDED_BY_INTERRUPT);
        }
        let _ = writeln!(
            io::stderr(),
            "\nStopping as soon as possible; once more to leave at once."
        );
    });
}

/// Whether somebody asked for a stop.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
