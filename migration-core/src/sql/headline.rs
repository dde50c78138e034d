//! The beginning of a statement that passes through as written: what it does to which object.

use super::ParseOptions;
use super::cursor::Cursor;
use super::lexer::{Lexer, Rules};
use super::token::Token;
use crate::schema::ObjectName;
use crate::text::{Source, Span};

/// What a statement begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headline {
    /// Its first word, in capitals; empty when there is none.
    pub verb: String,
    /// What `CREATE`, `ALTER` or `DROP` is about.
    pub target: Option<Target>,
}

/// An object that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The word for its kind, in capitals: `TABLE`, `VIEW`, `FUNCTION`.
    pub kind: &'static str,
    /// Its name.
    pub name: ObjectName,
}

/// Words for kinds of objects.
const KINDS: [&str; 19] = [
    "TABLE",
    "VIEW",
    "FUNCTION",
    "PROCEDURE",
    "AGGREGATE",
    "TRIGGER",
    "SEQUENCE",
    "TYPE",
    "DOMAIN",
    "INDEX",
    "POLICY",
    "SCHEMA",
    "DATABASE",
    "EXTENSION",
    "EVENT",
    "USER",
    "ROLE",
    "SERVER",
    "TABLESPACE",
];

/// How many words may stand before the one for the kind: `OR REPLACE DEFINER = "a"@"b" SQL
/// SECURITY INVOKER`.
const BEFORE_KIND: usize = 16;

/// The first words and signs of a statement, in upper case, without comments.
pub fn first_words(sql: &str, backslash_escapes: bool, count: usize) -> Vec<String> {
    let source = Source::new("", sql);
    let rules = match backslash_escapes {
        true => Rules::MYSQL,
        false => Rules::STANDARD,
    };
    let mut lexer = Lexer::new(&source, Span::new(0, sql.len()), rules);
    let mut words = Vec::with_capacity(count);
    while words.len() < count
        && let Ok(Some(token)) = lexer.next()
    {
        if !token.kind.is_comment() {
            words.push(source.slice(token.span).to_ascii_uppercase());
        }
    }
    words
}

/// Reads the beginning of a statement in which the prefix is in place.
pub fn headline(sql: &str, options: &ParseOptions) -> Headline {
    let source = Source::new("", sql);
    let rules = if options.backslash_escapes {
        Rules::MYSQL
    } else {
        Rules::STANDARD
    };
    let mut lexer = Lexer::new(&source, Span::new(0, sql.len()), rules);
    let mut tokens: Vec<Token> = Vec::new();
    while let Ok(Some(token)) = lexer.next() {
        if !token.kind.is_comment() {
            tokens.push(token);
        }
    }
    let mut cursor = Cursor::new(&source, &tokens, options);
    let Some(first) = cursor.advance() else {
        return Headline::default();
    };
    let verb = cursor.slice(first).to_ascii_uppercase();
    let is_definition = matches!(verb.as_str(), "CREATE" | "ALTER" | "DROP");
    Headline {
        verb,
        target: is_definition.then(|| target(&mut cursor)).flatten(),
    }
}

fn target(cursor: &mut Cursor<'_>) -> Option<Target> {
    let kind = (0..BEFORE_KIND).find_map(|_| {
        let kind = KINDS.into_iter().find(|kind| cursor.at_word(kind));
        cursor.advance()?;
        kind
    })?;
    cursor.accept(&["CONCURRENTLY"]);
    cursor.if_not_exists();
    cursor.if_exists();
    let name = cursor.object_name()?;
    Some(Target { kind, name })
}

#[cfg(test)]
mod tests {
    use super::{Headline, headline};
    use crate::sql::{Fold, ParseOptions};

    fn read(sql: &str) -> Headline {
        let options = ParseOptions {
            prefix: String::new(),
            fold: Fold::Lower,
            backslash_escapes: false,
        };
        headline(sql, &options)
    }

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let target = read(sql).target;
        let found = target.map(|it| format!("{} {}", it.kind, it.name));
        assert_eq!(found.unwrap_or_default(), expected, "{sql}");
    }

    #[test]
    fn the_object_of_a_definition_is_found_behind_any_words() {
        check("CREATE VIRTUAL TABLE a USING fts5(x)", "TABLE a");
        check(
            "create or replace function S.\"F\"(a int) returns int",
            "FUNCTION s.F",
        );
        check(
            "CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1",
            "VIEW v",
        );
        check(
            "CREATE TRIGGER t AFTER UPDATE OF x ON a FOR EACH ROW EXECUTE FUNCTION f()",
            "TRIGGER t",
        );
        check(
            "CREATE DEFINER = \"u\"@\"%\" SQL SECURITY INVOKER VIEW v AS SELECT 1",
            "VIEW v",
        );
        check("CREATE POLICY p ON ONLY s.a USING (true)", "POLICY p");
        check("DROP FUNCTION IF EXISTS f(int)", "FUNCTION f");
        check("INSERT INTO a VALUES (1)", "");
        check("CREATE EXTENSION", "");
    }

    #[test]
    fn the_first_word_is_told_in_capitals_and_comments_are_none() {
        assert_eq!(
            read("/* a */ -- b\n insert into a values (1)").verb,
            "INSERT"
        );
        assert_eq!(read(" -- nothing").verb, "");
    }
}
