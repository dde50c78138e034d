//! Nothing that a test waits for lasts for ever: a program of the product that does not end is killed
//! aloud, so that its test fails, and tests that do not end are named before the process gives up.
//!
//! Sees processes and threads where there is a `/proc`; elsewhere nobody watches.
#![expect(
    clippy::disallowed_methods,
    reason = "how long processes run is measured, and the machine is asked"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// No program takes so long, on any machine.
const OF_A_PROGRAM: Duration = Duration::from_secs(5 * 60);

/// Nor do all tests together.
const OF_ALL: Duration = Duration::from_secs(40 * 60);

/// Begins to watch over the processes that this one starts from a directory, once.
pub(crate) fn watch(directory: &'static Path) {
    static WATCH: Once = Once::new();
    WATCH.call_once(|| {
        thread::spawn(move || {
            let (begun, mut seen) = (Instant::now(), BTreeMap::new());
            loop {
                thread::sleep(Duration::from_secs(5));
                for process in overdue(directory, &mut seen, OF_A_PROGRAM) {
                    end(process);
                }
                if begun.elapsed() > OF_ALL {
                    say(&format!(
                        "the tests do not end; threads by name: {}",
                        threads(std::process::id())
                    ));
                    std::process::abort();
                }
            }
        });
    });
}

/// The processes below this one whose program is in the directory and that were seen for so long;
/// `seen` keeps when each was seen first.
fn overdue(directory: &Path, seen: &mut BTreeMap<u32, Instant>, patience: Duration) -> Vec<u32> {
    let own = std::process::id();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = entries.filter_map(|it| it.file_name().to_str()?.parse().ok());
    let programs: Vec<u32> = processes
        .filter(|&it| it != own && is_program_in(it, directory) && is_below(it, own))
        .collect();
    seen.retain(|it, _| programs.contains(it));
    let now = Instant::now();
    let lasts = |it: &u32| now - *seen.entry(*it).or_insert(now) >= patience;
    programs.into_iter().filter(lasts).collect()
}

fn is_program_in(process: u32, directory: &Path) -> bool {
    let program = fs::read_link(format!("/proc/{process}/exe"));
    program.is_ok_and(|it| it.starts_with(directory))
}

fn is_below(process: u32, ancestor: u32) -> bool {
    let mut at = process;
    while let Some(parent) = parent(at) {
        if parent == ancestor {
            return true;
        }
        at = parent;
    }
    false
}

/// The fourth field of `/proc/<pid>/stat`, behind a name that may hold anything; see proc(5).
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

/// Kills a process and says what it was about.
fn end(process: u32) {
    let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let line = String::from_utf8_lossy(&line).replace('\0', " ");
    say(&format!(
        "`{}` does not end and is killed; its threads: {}",
        line.trim_end(),
        threads(process)
    ));
    if let Ok(process) = i32::try_from(process) {
        // It may have ended by itself.
        let _ = kill(Pid::from_raw(process), Signal::SIGABRT);
    }
}

/// The threads of a process: names, which for tests are theirs, and what each waits for in the system.
fn threads(process: u32) -> String {
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    let tasks = tasks.into_iter().flatten().flatten().map(|task| {
        let read = |name: &str| fs::read_to_string(task.path().join(name)).unwrap_or_default();
        format!("{} in {}", read("comm").trim(), read("wchan").trim())
    });
    tasks.collect::<Vec<String>>().join(", ")
}

/// Not by a macro: those the test harness keeps to itself.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_program_that_does_not_end_is_killed_and_others_are_not() {
        let directory = tempfile::tempdir().unwrap();
        let sleep = directory.path().join("sleep");
        fs::copy("/bin/sleep", &sleep).unwrap();
        let mut of_ours = Command::new("sh")
            .args(["-c", "\"$0\" 60; exit $(($? - 128))"])
            .arg(&sleep)
            .spawn()
            .unwrap();
        let mut of_others = Command::new("sleep").arg("60").spawn().unwrap();
        let mut seen = BTreeMap::new();
        let found = loop {
            let found = overdue(directory.path(), &mut seen, Duration::from_millis(100));
            if let [one] = found[..] {
                break one;
            }
            thread::sleep(Duration::from_millis(10));
        };
        assert_ne!(found, of_others.id());
        end(found);
        let status = of_ours.wait().unwrap();
        assert_eq!(status.code(), Some(Signal::SIGABRT as i32));
        assert!(of_others.try_wait().unwrap().is_none());
        of_others.kill().unwrap();
        assert_eq!(
            of_others.wait().unwrap().signal(),
            Some(Signal::SIGKILL as i32)
        );
    }
}
