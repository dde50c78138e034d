//! What a shell offers, asked as the scripts that it reads ask; and the manual pages.
#![cfg(unix)]

use migration_tests::command::said;
use migration_tests::project::Project;

/// What is offered for the last word of a line of `migrate`.
fn offered(project: &Project, words: &str) -> Vec<String> {
    let line = format!(
        "_CLAP_IFS='\n' _CLAP_COMPLETE_INDEX=$(set -- {words}; echo $(($# - 1))) \
         MIGRATE_COMPLETE=bash migrate -- {words}"
    );
    let output = project.shell(&line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(output.stderr.is_empty(), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn commands_and_flags_are_offered() {
    let project = Project::named("tree");
    let found = offered(&project, "migrate up");
    assert_eq!(found, ["upgrade", "upgrade-and-close"]);
    let flags = offered(&project, "migrate upgrade --lock");
    assert_eq!(flags, ["--lock-timeout"]);
}

#[test]
fn flags_are_offered_to_who_begins_one_or_where_nothing_else_comes() {
    let project = Project::named("tree");
    let is_flag = |it: &String| it.starts_with('-');
    let revisions = offered(&project, "migrate upgrade ''");
    assert!(!revisions.iter().any(is_flag), "{revisions:?}");
    let flags = offered(&project, "migrate upgrade -");
    assert!(flags.iter().any(is_flag), "{flags:?}");
    let only = offered(&project, "migrate heads ''");
    assert!(only.iter().any(is_flag), "{only:?}");
    assert_eq!(
        offered(&project, "migrate --color ''"),
        ["auto", "always", "never"]
    );
}

#[test]
fn revisions_and_labels_are_offered_from_the_newest_on() {
    let project = Project::named("tree");
    let found = offered(&project, "migrate upgrade ''");
    let of = |name: &str| found.iter().position(|it| it == name);
    assert_eq!(of("head"), Some(0), "{found:?}");
    assert!(of("gggg7") < of("aaaa1"), "{found:?}");
    assert_eq!(offered(&project, "migrate show bbb"), ["bbbb2"]);
    project.shell("mkdir other && mv migrate.ini other.ini && mv migrations other/");
    project.shell("sed -i 's,migrations,other/migrations,' other.ini");
    assert_eq!(
        offered(&project, "migrate -c other.ini show bbb"),
        ["bbbb2"]
    );
    assert_eq!(offered(&project, "migrate show bbb"), [""; 0]);
}

#[test]
fn the_script_works_in_bash() {
    let project = Project::named("tree");
    let line = "bash --norc -c 'source <(migrate completions bash); COMP_WORDS=(migrate show cc); \
                COMP_CWORD=2; COMP_TYPE=9; _clap_complete_migrate migrate cc show; echo \"${COMPREPLY[@]}\"'";
    let output = project.shell(line);
    assert_eq!(said(&output), "cccc3\n");
    let refused = project.shell("migrate completions csh");
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
}

#[test]
fn the_synopsis_of_a_manual_page_names_the_flags_of_the_command_first() {
    let project = Project::named("tree");
    let page = project.shell("migrate man -o pages && cat pages/migrate-upgrade.1");
    assert_eq!(page.status.code(), Some(0), "{}", said(&page));
    let page = said(&page).replace('\\', "");
    let synopsis = page
        .lines()
        .skip_while(|line| *line != ".SH SYNOPSIS")
        .nth(1);
    let synopsis = synopsis.expect("a page has a synopsis");
    let at = |flag: &str| {
        synopsis
            .find(flag)
            .unwrap_or_else(|| panic!("{flag}: {synopsis}"))
    };
    let flags = [
        "--resume-at",
        "--lock-timeout",
        "--sql",
        "--tag",
        "--config",
        "--json",
        "--quiet",
    ];
    let found: Vec<usize> = flags.into_iter().map(at).collect();
    assert!(found.is_sorted(), "{synopsis}");
}

#[test]
fn every_command_has_a_manual_page() {
    let project = Project::named("tree");
    let one = project.shell("migrate man | head -n 5");
    assert!(said(&one).contains(".TH migrate 1"), "{}", said(&one));
    let all = project.shell("migrate man -o deep/man1 && ls deep/man1");
    let text = said(&all);
    for page in ["migrate.1", "migrate-upgrade.1", "migrate-models-dump.1"] {
        assert!(text.lines().any(|line| line == page), "no {page}: {text}");
    }
}
