//! Every variable of the environment that is read: the one table behind the reference.

use super::discovery;

/// A variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name; `BRAIN` stands for the name of the component.
    pub name: &'static str,
    /// What it does.
    pub documentation: &'static str,
}

const fn variable(name: &'static str, documentation: &'static str) -> Variable {
    Variable {
        name,
        documentation,
    }
}

/// All variables but those of other programs, which only `discover` reads.
pub const VARIABLES: &[Variable] = &[
    variable(
        "BRAIN_CONFIG",
        "the ini, in place of the component's own; `-c` wins over it",
    ),
    variable("BRAIN_SQLDB__KEY", "the value of `KEY` of `[sqldb]`"),
    variable(
        "BRAIN_MIGRATION__KEY",
        "the value of `KEY` of `[migration]`",
    ),
    variable(
        "DATABASE_URL",
        "the database as a URL, whatever the component",
    ),
    variable("SQLALCHEMY_URL", "the same, when `DATABASE_URL` is not set"),
    variable(
        "MIGRATE_COMPLETE",
        "what a shell asks by that completes words, with the script of `completions`",
    ),
    variable(
        "MIGRATE_LOG, RUST_LOG",
        "what is logged where no `-v` says it, the first that is set: `debug`, or \
         `migration::sql=debug,migration::lock=trace`; also `migration::settings`, \
         `migration::connection`, `migration::plan` and `migration::catalog`",
    ),
    variable("NO_COLOR", "no colours, when it is set and not empty"),
    variable(
        "CLICOLOR_FORCE",
        "colours also where there is no terminal, when it is set and not `0`",
    ),
    variable(
        "LC_ALL, LC_CTYPE, LANG",
        "whether `history --graph` draws lines or, where the first that is set names no UTF-8, ASCII",
    ),
    variable(
        "VISUAL, EDITOR",
        "the editor that `edit` and `--edit` start, the first that is set",
    ),
    variable(
        "XDG_STATE_HOME",
        "the directory below which `discover` keeps what it found, `migrate/` in it; else \
         `.local/state` of `HOME`",
    ),
    variable(
        "USER, LOGNAME, USERNAME",
        "the name that the ledger notes, the first that is set",
    ),
    variable(
        "HOSTNAME, COMPUTERNAME",
        "the machine that the ledger notes, where the system does not tell",
    ),
];

/// The table, in Markdown.
pub(super) fn table() -> String {
    let mut text = String::from("| variable | says |\n|---|---|\n");
    let quoted = |names: &str| {
        let names: Vec<String> = names.split(", ").map(|it| format!("`{it}`")).collect();
        names.join(", ")
    };
    for variable in VARIABLES {
        let name = quoted(variable.name);
        text.push_str(&format!("| {name} | {} |\n", variable.documentation));
    }
    for (dbms, names) in discovery::names() {
        let names = quoted(&names.join(", "));
        text.push_str(&format!(
            "| {names} | where `discover` looks for a database of `{dbms}`; a name with `_FILE` \
             behind the password's names a file |\n"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::VARIABLES;
    use crate::config::origins::URL_VARIABLES;

    #[test]
    fn variables_with_a_url_are_in_the_table() {
        for name in URL_VARIABLES {
            assert!(VARIABLES.iter().any(|it| it.name == name), "{name}");
        }
    }
}
