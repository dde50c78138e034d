//! Tables whose engine has no transactions (MyISAM, Aria, MEMORY): what a statement changes in them
//! is in effect at once, and no ROLLBACK undoes it.

use std::collections::{BTreeSet, HashSet};

use super::{Dialect, Ledger, VersionTable};

/// Which tables of a server have no transactions, as far as statements can name them.
#[derive(Debug, Default)]
pub struct Untransacted {
    /// Their names, and those of what changes them when it is named, in lower case.
    names: HashSet<String>,
    /// Whether a table is one of them when nobody says what it shall be.
    by_default: bool,
}

impl Untransacted {
    /// MySQL's code of the warning that a ROLLBACK left rows changed.
    pub const NOT_UNDONE: &str = "1196";

    /// Returns the remarks about the statement before: level, code, message.
    pub const REMARKS: &str = "SHOW WARNINGS";

    /// Returns what else changes a table when it is named: name, text.
    pub const INDIRECT: &str = "SELECT event_object_table, action_statement \
         FROM information_schema.triggers WHERE trigger_schema = database() \
         UNION ALL SELECT table_name, view_definition FROM information_schema.views \
         WHERE table_schema = database() \
         UNION ALL SELECT routine_name, routine_definition FROM information_schema.routines \
         WHERE routine_schema = database()";

    /// Returns the names of the tables without transactions, in this database and in those that the
    /// statements name, or `schema`; with an empty name among them where new tables are such.
    pub fn question<'s>(statements: impl Iterator<Item = &'s str>, schema: Option<&str>) -> String {
        let literal = |text: &str| Dialect::Mysql.syntax().literal(text);
        let mut schemas: BTreeSet<String> = schema.map(literal).into_iter().collect();
        for sql in statements {
            let found = words(sql).into_iter().filter(|word| word.is_before_dot);
            schemas.extend(found.map(|word| literal(&word.text)));
        }
        let mut all = vec!["database()".to_owned()];
        all.extend(schemas);
        let with = "(SELECT engine FROM information_schema.engines WHERE transactions = 'YES')";
        format!(
            "SELECT '' FROM dual WHERE @@default_storage_engine NOT IN {with} \
             UNION ALL SELECT table_name FROM information_schema.tables WHERE table_schema IN ({}) \
             AND table_type = 'BASE TABLE' AND engine NOT IN {with}",
            all.join(", ")
        )
    }

    /// What the answers say. An indirect text that is not told may name any table.
    pub fn new(tables: Vec<String>, indirect: &[(String, Option<String>)]) -> Self {
        let mut names: HashSet<String> = tables.iter().map(|it| it.to_lowercase()).collect();
        let by_default = names.remove("");
        let mut known = Self { names, by_default };
        loop {
            let before = known.names.len();
            for (name, text) in indirect {
                if text.as_ref().is_none_or(|text| known.concerns(text)) {
                    known.names.insert(name.to_lowercase());
                }
            }
            if known.names.len() == before {
                return known;
            }
        }
    }

    /// Whether there is any such table.
    pub fn is_any(&self) -> bool {
        !self.names.is_empty()
    }

    /// What gives the ledger transactions, where it has none.
    pub fn given_to(&mut self, ledger: &Ledger) -> Option<String> {
        let lacks = self.names.remove(&ledger.name.to_lowercase());
        let options = Dialect::Mysql.syntax().own_table;
        let table = ledger.qualified(Dialect::Mysql);
        lacks.then(|| format!("ALTER TABLE {table}{options}"))
    }

    /// What gives them to the version table, to be typed by a person: outside our sessions MySQL
    /// knows no ANSI quotes.
    pub fn mend(table: &VersionTable) -> String {
        let quoted = table.qualified(Dialect::Mysql).replace('"', "`");
        format!("ALTER TABLE {quoted}{};", Dialect::Mysql.syntax().own_table)
    }

    /// Whether the version table has none; statements may name it.
    pub fn is_of(&self, table: &VersionTable) -> bool {
        self.names.contains(&table.name.to_lowercase())
    }

    /// Whether a statement that changes rows names one; in doubt it does.
    pub fn concerns(&self, sql: &str) -> bool {
        self.is_any() && words(sql).iter().any(|it| self.names.contains(&it.text))
    }

    /// Whether there may be others behind a statement.
    pub fn may_differ_behind(&self, sql: &str) -> bool {
        let speaks = |word: &Word| {
            word.text.ends_with("engine")
                || matches!(&*word.text, "like" | "execute" | "call" | "use")
        };
        self.is_any() || self.by_default || words(sql).iter().any(speaks)
    }
}

/// A word of a statement that is none of its strings.
struct Word {
    /// In lower case, without quotes.
    text: String,
    /// Whether it says in what the next one is.
    is_before_dot: bool,
}

fn words(sql: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
        let length = if rest.starts_with("--") || first == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") && !rest.starts_with("/*!") && !rest.starts_with("/*M!") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '\'' {
            string(rest)
        } else if matches!(first, '"' | '`') {
            let end = rest[1..].find(first).map_or(rest.len(), |end| end + 1);
            push(&mut words, &rest[1..end], &rest[end..]);
            (end + 1).min(rest.len())
        } else if is_word(first) {
            let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
            push(&mut words, &rest[..end], &rest[end..]);
            end
        } else {
            first.len_utf8()
        };
        rest = rest[length..].trim_start();
    }
    words
}

fn push(words: &mut Vec<Word>, text: &str, behind: &str) {
    let behind = behind.trim_start_matches(['"', '`']).trim_start();
    let is_number = text.starts_with(|it: char| it.is_ascii_digit());
    words.push(Word {
        text: text.to_lowercase(),
        is_before_dot: behind.starts_with('.') && !is_number,
    });
}

/// How long the string is that a text begins with; a doubled quote begins another.
fn string(text: &str) -> usize {
    let mut is_escaped = true;
    let end = text.bytes().position(|it| {
        let ends = it == b'\'' && !is_escaped;
        is_escaped = it == b'\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Untransacted {
        let text = |it: &str| Some(it.to_owned());
        let indirect = [
            ("shown".to_owned(), text("select * from `x`.`fired`")),
            ("fired".to_owned(), text("INSERT INTO Acct VALUES (1)")),
            ("other".to_owned(), text("INSERT INTO it VALUES ('acct')")),
            ("hidden".to_owned(), None),
        ];
        Untransacted::new(vec!["Acct".to_owned()], &indirect)
    }

    #[test]
    fn a_statement_concerns_what_it_names_and_what_that_leads_to() {
        let known = known();
        for sql in [
            "UPDATE acct SET n = 1",
            "UPDATE \"x\".\"ACCT\" SET n = 1",
            "INSERT INTO it SELECT 'it''s \\' so', n FROM `acct`",
            "DELETE FROM shown",
            "SELECT hidden(1)",
        ] {
            assert!(known.concerns(sql), "{sql}");
        }
        for sql in [
            "UPDATE it SET n = 'acct'",
            "UPDATE it /* acct */ SET n = 1 -- acct\n# acct\n",
            "UPDATE accts SET n = 'it''s acct'",
            "UPDATE other SET n = 1",
        ] {
            assert!(!known.concerns(sql), "{sql}");
        }
    }

    #[test]
    fn who_speaks_of_engines_may_make_such_tables() {
        let none = Untransacted::default();
        assert!(none.may_differ_behind("CREATE TABLE a (b INT) ENGINE=MyISAM"));
        assert!(none.may_differ_behind("SET SESSION default_storage_engine = 'Aria'"));
        assert!(!none.may_differ_behind("CREATE TABLE a (b INT)"));
        let by_default = Untransacted::new(vec![String::new()], &[]);
        assert!(!by_default.is_any() && by_default.may_differ_behind("CREATE TABLE a (b INT)"));
    }

    #[test]
    fn other_databases_are_asked_for_that_statements_name() {
        let sql = "UPDATE `far`.t AS a SET a.n = 1.5, b = 'no.body'";
        let asked = Untransacted::question([sql].into_iter(), Some("own"));
        assert!(
            asked.contains("IN (database(), 'a', 'far', 'own')"),
            "{asked}"
        );
    }
}
