//! Tells the library which commit it is made of, and which drivers.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the source tree and the environment that cargo gives it"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

const LOCK: &str = "../Cargo.lock";

/// Git writes a line here with every commit.
const COMMITS: &str = "../.git/logs/HEAD";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=MIGRATION_COMMIT");
    let given = env::var("MIGRATION_COMMIT").ok();
    let commit = given.or_else(commit).unwrap_or_default();
    println!("cargo::rustc-env=MIGRATION_COMMIT={commit}");
    let lock = fs::read_to_string(LOCK).unwrap_or_default();
    if !lock.is_empty() {
        println!("cargo::rerun-if-changed={LOCK}");
    }
    for (variable, package) in [
        ("MIGRATION_POSTGRES_DRIVER", "tokio-postgres"),
        ("MIGRATION_MYSQL_DRIVER", "mysql"),
    ] {
        let version = version(&lock, package).unwrap_or_default();
        println!("cargo::rustc-env={variable}={package} {version}");
    }
}

/// The commit that a release is built of. A build for tests does not depend on it, or every commit
/// would build everything anew.
fn commit() -> Option<String> {
    if env::var("PROFILE").as_deref() != Ok("release") || !Path::new(COMMITS).exists() {
        return None;
    }
    println!("cargo::rerun-if-changed={COMMITS}");
    let git = Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .output()
        .ok()?;
    let text = String::from_utf8(git.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| git.status.success() && !text.is_empty())
}

/// The version of a package that the lock file names.
fn version<'l>(lock: &'l str, package: &str) -> Option<&'l str> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    rest.split('"').next()
}
