//! SQLite files and directories that may not be read or written: refused before anything runs.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use migration_tests::command::{self, said};
use migration_tests::project::Project;

/// A project whose database has a revision, and a copy of the binary that anybody may start.
struct Scene {
    project: Project,
}

impl Scene {
    fn new() -> Self {
        let project = Project::named("tree");
        let done = project.shell("migrate upgrade -q dddd4 && cp \"$(command -v migrate)\" ./tool");
        assert!(done.status.success(), "{}", said(&done));
        let scene = Self { project };
        scene.permit("tool", 0o755);
        scene
    }

    fn permit(&self, name: &str, mode: u32) {
        let path = self.project.path().join(name);
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(path, permissions).expect("the owner may change them");
    }

    /// Types a command while file and directory have these modes. Root may do everything, so
    /// somebody else types it.
    fn type_with(&self, file: u32, directory: u32, arguments: &[&str]) -> Output {
        self.permit("app.db", file);
        self.permit(".", directory);
        let mut tool = command::without_settings(Command::new(self.project.path().join("tool")));
        tool.args(arguments).current_dir(self.project.path());
        if is_root() {
            tool.uid(65534).gid(65534);
        }
        let output = tool.output().expect("the binary can be started");
        self.permit(".", 0o755);
        self.permit("app.db", 0o644);
        output
    }

    /// Types an upgrade that must be refused, and returns what it says without the directory.
    #[track_caller]
    fn refused(&self, file: u32, directory: u32, arguments: &[&str]) -> String {
        let output = self.type_with(file, directory, arguments);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        let current = self.project.shell("migrate current");
        assert_eq!(said(&current), "dddd4 (mergepoint)\n");
        text.replace(&self.project.path().display().to_string(), "DIR")
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}

const UPGRADE: &[&str] = &["upgrade", "eeee5"];

#[test]
fn a_read_only_database_is_refused_before_anything_runs() {
    let scene = Scene::new();
    for (file, directory) in [(0o444, 0o555), (0o444, 0o777), (0o644, 0o777)] {
        let text = scene.refused(file, directory, UPGRADE);
        let expected = "error: the database file `DIR/app.db` is read-only\n\
                        hint: a migration needs the right to write it\n";
        assert_eq!(text, expected, "{file:o} {directory:o}");
    }
}

#[test]
fn a_directory_that_cannot_be_written_is_named_and_the_file_is_not_blamed() {
    let scene = Scene::new();
    for arguments in [UPGRADE, &["downgrade", "base"], &["stamp", "bbbb2"]] {
        let text = scene.refused(0o666, 0o555, arguments);
        let expected = "error: the directory `DIR` of the database file `app.db` cannot be written\n\
                        hint: SQLite makes its journal there while it writes: the user who runs \
                        this needs the right to write the directory\n";
        assert_eq!(text, expected, "{arguments:?}");
    }
    let read = scene.type_with(0o666, 0o555, &["current"]);
    assert_eq!(said(&read), "dddd4 (mergepoint)\n");
}

#[test]
fn a_new_file_in_a_directory_that_cannot_be_written_is_refused() {
    let scene = Scene::new();
    let ini = "[sqldb]\nurl = sqlite:///new.db\n[migration]\nscript_location = migrations\n";
    scene.project.write("new.ini", ini);
    scene.permit("new.ini", 0o644);
    let text = scene.refused(0o644, 0o555, &["-c", "new.ini", "upgrade", "heads"]);
    let first = "error: the directory `DIR` of the database file `new.db` cannot be written\n";
    assert!(text.starts_with(first), "{text}");
}

#[test]
fn a_file_that_may_not_be_read_is_a_permission_denied() {
    let scene = Scene::new();
    for arguments in [UPGRADE, &["current"]] {
        let text = scene.refused(0o000, 0o755, arguments);
        let expected = "error: cannot open the database file `DIR/app.db`\n\
                        caused by: Permission denied (os error 13)\n\
                        note: `dbname` comes from migrate.ini:3\n\
                        hint: the user who runs this needs the right to read and write the file\n";
        assert_eq!(text, expected, "{arguments:?}");
    }
}

#[test]
fn an_ini_or_password_file_that_may_not_be_read_says_whose_right_is_missing() {
    let scene = Scene::new();
    let text = "[sqldb]\ndbms = mysql\ndbname = d\npassword_file = secret\n\
                [migration]\nscript_location = migrations\n";
    scene.project.write("closed.ini", text);
    scene.permit("closed.ini", 0o644);
    scene.project.write("secret", "x");
    scene.permit("secret", 0o000);
    let arguments = ["-c", "closed.ini", "current"];
    let secret = scene.refused(0o644, 0o755, &arguments);
    assert!(secret.starts_with("error: the password file `DIR/secret` cannot be read\n"));
    let hint = "hint: `password_file` names it; the user who runs this needs the right \
                to read it\n";
    assert!(secret.ends_with(hint), "{secret}");
    scene.permit("closed.ini", 0o000);
    let ini = scene.refused(0o644, 0o755, &arguments);
    let expected = "error: `DIR/closed.ini` cannot be read\n\
                    caused by: Permission denied (os error 13)\n\
                    hint: the user who runs this needs the right to read it\n";
    assert_eq!(ini, expected);
}

#[test]
fn a_file_that_nobody_may_write_is_refused_even_for_root() {
    let project = Project::named("tree");
    let done = project.shell("migrate upgrade -q dddd4 && chmod 444 app.db");
    assert!(done.status.success(), "{}", said(&done));
    let output = project.shell("migrate upgrade eeee5");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("is read-only"), "{}", said(&output));
    let current = project.shell("migrate current && migrate upgrade dddd4");
    assert!(current.status.success(), "{}", said(&current));
}
