//! The Debian packages: what their metadata names is there, and what is packed fits together.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read manifests and run programs"
)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use migration_tests::command::{self, root, said};
use migration_tests::project::Project;

/// Crate and package.
const PACKAGES: &[(&str, &str)] = &[
    ("brain", "brain-migrate"),
    ("frontend", "frontend-migrate"),
    ("migration-core", "migrate"),
];

/// A file of a package: where it comes from, and where it goes.
struct Asset {
    source: String,
    target: String,
}

fn metadata(name: &str) -> toml::Table {
    let path = root().join(name).join("Cargo.toml");
    let text = fs::read_to_string(path).expect("a manifest can be read");
    let manifest: toml::Table = text.parse().expect("TOML");
    let deb = manifest["package"]["metadata"]["deb"].as_table();
    deb.expect("it says what is packed").clone()
}

fn assets(metadata: &toml::Table) -> Vec<Asset> {
    let list = metadata["assets"].as_array().expect("a list");
    let word = |asset: &toml::Value, key: &str| asset[key].as_str().unwrap_or_default().to_owned();
    let asset = |asset: &toml::Value| {
        let (source, mut target) = (word(asset, "source"), word(asset, "dest"));
        if target.ends_with('/') && !source.contains('*') {
            target.push_str(source.rsplit('/').next().unwrap_or_default());
        }
        Asset { source, target }
    };
    list.iter().map(asset).collect()
}

/// Whether a file of that name is there; `*` stands for the beginning of a name.
fn is_there(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(end) = name.strip_prefix('*') else {
        return path.is_file();
    };
    let directory = path.parent().expect("a file is in a directory");
    fs::read_dir(directory).is_ok_and(|mut entries| {
        entries.any(|it| it.is_ok_and(|it| it.file_name().to_string_lossy().ends_with(end)))
    })
}

/// A target directory with the programs of the tests in it, as the script wants it.
fn target(project: &Project) {
    fs::create_dir_all(project.path().join("target/release")).expect("it is writable");
    for (_, program) in PACKAGES {
        let built = command::binaries().join(program);
        let here = project.path().join("target/release").join(program);
        symlink(built, here).expect("it is writable");
    }
}

/// Runs the script with that target directory.
#[track_caller]
fn build(project: &Project, before: &str) {
    let script = root().join("extras/debian/build");
    let line = format!(
        "{before} CARGO_TARGET_DIR=\"$PWD/target\" {} --no-build --fast --no-strip",
        script.display()
    );
    let output = project.shell(&line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn every_file_that_is_packed_is_there_or_is_made_by_the_script() {
    let project = Project::new();
    target(&project);
    project.write(
        "bin/cargo",
        "#!/bin/sh\necho \"$@\" >>\"$CARGO_TARGET_DIR/calls\"\n",
    );
    build(&project, "chmod +x bin/cargo && PATH=\"$PWD/bin:$PATH\"");
    let calls = fs::read_to_string(project.path().join("target/calls")).expect("it was called");
    for (name, package) in PACKAGES {
        assert!(
            calls.contains(&format!("deb --no-build -p {name} ")),
            "{calls}"
        );
        let metadata = metadata(name);
        assert_eq!(metadata["name"].as_str(), Some(*package));
        for asset in assets(&metadata) {
            let path = match asset.source.starts_with("target/") {
                true => project.path().join(&asset.source),
                false => root().join(name).join(&asset.source),
            };
            assert!(is_there(&path), "{package}: {}", asset.source);
        }
    }
}

#[test]
fn a_unit_starts_what_is_packed_with_the_settings_that_are_packed() {
    for (name, package) in &PACKAGES[..2] {
        let metadata = metadata(name);
        let targets: Vec<String> = assets(&metadata).into_iter().map(|it| it.target).collect();
        let unit = root().join(format!("extras/systemd/{package}.service"));
        let unit = fs::read_to_string(unit).expect("the unit can be read");
        let start = unit
            .lines()
            .find_map(|line| line.strip_prefix("ExecStart="));
        let words: Vec<&str> = start.expect("it starts something").split(' ').collect();
        let [program, "-c", ini, "upgrade-and-close"] = words[..] else {
            panic!("{words:?}");
        };
        for file in [program, ini] {
            assert!(
                targets.iter().any(|it| file == format!("/{it}")),
                "{file}: {targets:?}"
            );
        }
        let kept = metadata["conf-files"].as_array().expect("a list");
        assert!(kept.iter().any(|it| it.as_str() == Some(ini)), "{ini}");
        let scripts = metadata["maintainer-scripts"].as_str().expect("a path");
        let script = root().join(name).join(scripts).join("postinst");
        let script = fs::read_to_string(script).expect("it can be read");
        assert!(script.contains(&format!(
            "adduser --quiet --system --group --no-create-home --home /var/lib/{name} {name}"
        )));
        assert!(unit.contains(&format!("\nUser={name}\n")));
        let project = Project::new();
        let ini = root().join(format!("extras/debian/{name}/{name}.ini"));
        let output = project.shell(&format!("{package} -c {} heads", ini.display()));
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
}

#[test]
fn packages_are_built_where_cargo_deb_is_installed() {
    let present = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !present("cargo-deb") || !present("dpkg-deb") {
        // Not by a macro: those the test harness keeps to itself.
        let _ = writeln!(std::io::stderr(), "skipped: no cargo-deb");
        return;
    }
    let project = Project::new();
    target(&project);
    build(&project, "");
    let unpack = "for package in target/debian/*.deb; do dpkg-deb -x $package root; done";
    let output = project.shell(unpack);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for (name, package) in PACKAGES {
        let output = project.shell(&format!("root/usr/bin/{package} --version"));
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        for asset in assets(&metadata(name))
            .iter()
            .filter(|it| !it.target.ends_with('/'))
        {
            let path = project.path().join("root").join(&asset.target);
            assert!(path.is_file(), "{}", path.display());
        }
    }
}
