//! Commands of other tools, and what is typed here for them.

/// Words of Django, Rails, Diesel, sqlx, dbmate, Flyway and Liquibase, and what they are here.
const WORDS: [(&[&str], &str); 11] = [
    (
        &["rollback", "revert", "undo", "down"],
        "`downgrade -1` takes the last revision back",
    ),
    (
        &["migrate", "apply", "deploy", "up", "update"],
        "`upgrade head` applies what is pending",
    ),
    (&["redo"], "`downgrade -1`, then `upgrade +1`"),
    (
        &["makemigrations", "autogenerate", "generate"],
        "`revision --autogenerate -m MESSAGE` drafts a revision from the models",
    ),
    (
        &["new", "add", "create", "make"],
        "`revision -m MESSAGE` makes a new revision",
    ),
    (
        &["baseline", "fake", "mark"],
        "`stamp REVISION` says where the database is; no revision runs",
    ),
    (&["log", "ls"], "`history` lists the revisions"),
    (
        &["showmigrations"],
        "`status` says of every revision whether it is applied",
    ),
    (
        &["validate"],
        "`status --check` fails when something is pending, edited or missing",
    ),
    (
        &["version"],
        "`current` says where the database is, `--version` which program this is",
    ),
    (&["reset"], "`downgrade base` takes everything back"),
];

/// What to type here for a command of another tool.
pub(super) fn translated(word: &str) -> Option<&'static str> {
    let known = WORDS.iter().find(|(words, _)| words.contains(&word));
    known.map(|(_, tip)| *tip)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::WORDS;
    use crate::cli::args::Cli;

    #[test]
    fn tips_are_command_lines_and_no_command_of_ours_is_another_tools() {
        for (words, tip) in WORDS {
            for line in tip.split('`').skip(1).step_by(2) {
                let parsed = Cli::try_parse_from(["migrate"].into_iter().chain(line.split(' ')));
                let version = line == "--version";
                assert!(parsed.is_ok() || version, "{line}: {:?}", parsed.err());
            }
            for word in words {
                assert!(Cli::command().find_subcommand(word).is_none(), "{word}");
            }
        }
    }
}
