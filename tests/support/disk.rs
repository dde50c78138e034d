//! A disk with little room: a file system in memory of a given size.
#![expect(
    clippy::disallowed_methods,
    reason = "tests talk to the machine they run on"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system, gone with the value.
pub struct Disk {
    path: PathBuf,
}

impl Disk {
    /// Mounts one on a directory; nothing, aloud, where this user may mount nothing.
    ///
    /// # Panics
    ///
    /// When the directory cannot be made.
    pub fn mount(path: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(path).expect("the directory can be made");
        if mount(path, options) {
            let path = path.to_owned();
            return Some(Self { path });
        }
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: a small file system needs the right to mount"
        );
        None
    }

    /// Gives it another size.
    pub fn resize(&self, size: &str) -> bool {
        mount(&self.path, &format!("remount,size={size}"))
    }

    /// A file on it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Leaves no more than so many KiB free.
    ///
    /// # Panics
    ///
    /// When nobody can tell how many are.
    pub fn fill_but(&self, room: u64) {
        let mut df = Command::new("df");
        df.args(["-k", "--output=avail"]).arg(&self.path);
        let output = df.output().expect("it can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let free = text
            .lines()
            .nth(1)
            .and_then(|line| line.trim().parse().ok());
        let free: u64 = free.expect("it is a number");
        let mut file = fs::File::create(self.filler()).expect("a file needs no block");
        for _ in 0..free.saturating_sub(room) {
            if file.write_all(&[b'x'; 1024]).is_err() {
                return;
            }
        }
    }

    /// Makes room again.
    ///
    /// # Panics
    ///
    /// When it was not filled.
    pub fn empty(&self) {
        fs::remove_file(self.filler()).expect("it was filled");
    }

    fn filler(&self) -> PathBuf {
        self.path("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whoever still has a file open there keeps it from nobody else.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(&self.path)
            .output();
    }
}

fn mount(path: &Path, options: &str) -> bool {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
    let output = mount.arg(path).output();
    output.is_ok_and(|output| output.status.success())
}
