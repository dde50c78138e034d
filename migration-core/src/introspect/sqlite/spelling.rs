//! One spelling for what SQLite keeps as it was typed: the case of words, quotes around names that
//! need none, white space, comments, parentheses around the whole.

use crate::schema::{Expression, Ident};
use crate::sql::{self, Lexeme, LexemeKind};

/// The names that an expression may mention.
pub(super) struct Names<'a> {
    /// The table it belongs to.
    pub(super) table: &'a Ident,
    /// The table's columns.
    pub(super) columns: &'a [Ident],
}

impl Names<'_> {
    fn column(&self, word: &str) -> Option<&Ident> {
        self.columns.iter().find(|column| is_like(column, word))
    }
}

/// A condition or value over the columns of a table. What cannot be read stays as it is.
pub(super) fn expression(expression: &Expression, names: &Names<'_>) -> Expression {
    let Some(words) = sql::lexemes(expression.as_str(), false) else {
        return expression.clone();
    };
    let mut text = String::with_capacity(expression.as_str().len() + 8);
    for (at, word) in words.iter().enumerate() {
        let kind = |at: usize| words.get(at).map(|word| word.kind);
        let is_call = kind(at + 1) == Some(LexemeKind::Open);
        let is_qualifier = kind(at + 1) == Some(LexemeKind::Dot);
        let spelled = match word.kind {
            LexemeKind::Word | LexemeKind::Name if is_qualifier => {
                let is_own = is_like(names.table, &word.text);
                name(if is_own {
                    names.table.as_str()
                } else {
                    &word.text
                })
            }
            LexemeKind::Word if is_call && !is_operator(&word.text) => {
                word.text.to_ascii_lowercase()
            }
            LexemeKind::Word if is_operator(&word.text) => word.text.to_ascii_uppercase(),
            LexemeKind::Word => match names.column(&word.text) {
                Some(column) => name(column.as_str()),
                None => word.text.to_ascii_uppercase(),
            },
            LexemeKind::Name => match names.column(&word.text) {
                Some(column) => name(column.as_str()),
                None => quoted(&word.text),
            },
            LexemeKind::Number => word.text.to_ascii_lowercase(),
            LexemeKind::String
            | LexemeKind::Open
            | LexemeKind::Close
            | LexemeKind::Dot
            | LexemeKind::Semicolon
            | LexemeKind::Sign => word.text.clone(),
        };
        add(&mut text, &spelled);
    }
    sql::joined(&text, false).unwrap_or_else(|| expression.clone())
}

/// The value of rows that do not say; NULL is none.
pub(super) fn default(default: &Expression) -> Option<Expression> {
    let text = default.as_str();
    let is_all = |is_one: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|it| is_one(&it));
    if is_all(u8::is_ascii_digit) {
        return Some(default.clone());
    }
    if is_all(|it| it.is_ascii_alphabetic() || *it == b'_') {
        return word_default(text);
    }
    let bare = sql::joined(text, false)?;
    let words = sql::lexemes(bare.as_str(), false).unwrap_or_default();
    let signed = match words.as_slice() {
        [sign, number] if number.kind == LexemeKind::Number => Some((sign.text.as_str(), number)),
        [number] if number.kind == LexemeKind::Number => Some(("", number)),
        _ => None,
    };
    if let Some((sign, digits)) = signed {
        let sign = if sign == "-" { "-" } else { "" };
        return Some(Expression::new(format!("{sign}{}", number(&digits.text))));
    }
    match words.as_slice() {
        [only] if only.kind == LexemeKind::Name => Some(string(&only.text)),
        [only] if only.kind == LexemeKind::Word => word_default(&only.text),
        _ => {
            let names = Names {
                table: &Ident::new(""),
                columns: &[],
            };
            Some(expression(&bare, &names))
        }
    }
}

/// A word by itself: the clock, a truth value, which is a number here, or a string.
fn word_default(word: &str) -> Option<Expression> {
    let upper = word.to_ascii_uppercase();
    match upper.as_str() {
        "NULL" => None,
        "TRUE" => Some(Expression::new("1")),
        "FALSE" => Some(Expression::new("0")),
        "CURRENT_TIMESTAMP" | "CURRENT_DATE" | "CURRENT_TIME" => Some(Expression::new(upper)),
        _ => Some(string(word)),
    }
}

fn string(text: &str) -> Expression {
    Expression::new(format!("'{}'", text.replace('\'', "''")))
}

/// A number without zeros that say nothing.
fn number(digits: &str) -> String {
    let digits = digits.to_ascii_lowercase();
    match digits.split_once('.') {
        Some((whole, part)) if part.bytes().all(|it| it.is_ascii_digit()) => {
            let whole = if whole.is_empty() { "0" } else { whole };
            let part = part.trim_end_matches('0');
            format!("{whole}.{}", if part.is_empty() { "0" } else { part })
        }
        Some(_) | None => digits,
    }
}

/// The text of a view or trigger: its words apart by single blanks, a line for each statement.
pub(super) fn text(sql: &str) -> Option<String> {
    let words = sql::lexemes(sql, false)?;
    let is_trigger = words
        .get(1)
        .is_some_and(|word| word.text.eq_ignore_ascii_case("TRIGGER"));
    let mut text = String::with_capacity(sql.len());
    let mut line = String::new();
    let mut is_head = is_trigger;
    for word in &words {
        let spelled = spelled(word, is_trigger);
        if word.kind == LexemeKind::Semicolon {
            end_line(&mut text, &mut line, ";")?;
        } else {
            let is_begin = is_head && word.kind == LexemeKind::Word && spelled == "BEGIN";
            add(&mut line, &spelled);
            if is_begin {
                end_line(&mut text, &mut line, "")?;
                is_head = false;
            }
        }
    }
    end_line(&mut text, &mut line, "")?;
    Some(text)
}

/// Writes a line with its words joined; what stands between the first and `END` is set in.
fn end_line(text: &mut String, line: &mut String, end: &str) -> Option<()> {
    if line.is_empty() {
        return Some(());
    }
    let joined = sql::joined(line, false)?;
    if !text.is_empty() {
        text.push_str(if joined.as_str() == "END" {
            "\n"
        } else {
            "\n    "
        });
    }
    text.push_str(joined.as_str());
    text.push_str(end);
    line.clear();
    Some(())
}

fn spelled(word: &Lexeme, is_trigger: bool) -> String {
    let upper = word.text.to_ascii_uppercase();
    match word.kind {
        LexemeKind::Name => name(&word.text),
        LexemeKind::Word if is_reserved(&word.text) => upper,
        // The columns of a view may be named by words of its text; those of a trigger have no name.
        LexemeKind::Word if is_trigger && IN_TRIGGERS.contains(&upper.as_str()) => upper,
        LexemeKind::Word
        | LexemeKind::String
        | LexemeKind::Number
        | LexemeKind::Open
        | LexemeKind::Close
        | LexemeKind::Dot
        | LexemeKind::Semicolon
        | LexemeKind::Sign => word.text.clone(),
    }
}

/// A declared type: `VARCHAR(10)` however it is typed.
pub(super) fn type_name(declared: &str) -> String {
    let mut written = String::with_capacity(declared.len());
    for letter in declared.trim().chars() {
        let follows = |signs: &[char]| written.ends_with(signs);
        if letter.is_whitespace() {
            if !follows(&[' ', '(', ',']) {
                written.push(' ');
            }
            continue;
        }
        if ['(', ')', ','].contains(&letter) && written.ends_with(' ') {
            written.pop();
        }
        if written.ends_with(',') {
            written.push(' ');
        }
        written.push(letter.to_ascii_uppercase());
    }
    written
}

fn add(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

fn is_like(name: &Ident, word: &str) -> bool {
    name.as_str().eq_ignore_ascii_case(word)
}

/// A name, in quotes where it needs them.
fn name(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    let upper = name.to_ascii_uppercase();
    if is_plain && !is_reserved(name) && !KEYWORDS.contains(&upper.as_str()) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn is_reserved(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    RESERVED.binary_search(&upper.as_str()).is_ok()
}

/// Words of expressions that are no columns without quotes, and no functions before parentheses.
fn is_operator(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    is_reserved(word) || OPERATORS.contains(&upper.as_str())
}

const OPERATORS: [&str; 8] = [
    "ASC", "CAST", "DESC", "END", "GLOB", "LIKE", "MATCH", "REGEXP",
];

/// Words of triggers that may be names elsewhere.
const IN_TRIGGERS: [&str; 18] = [
    "AFTER", "ASC", "BEFORE", "BEGIN", "BY", "CAST", "DESC", "EACH", "END", "FOR", "GLOB",
    "INSTEAD", "LEFT", "LIKE", "OF", "RAISE", "REPLACE", "ROW",
];

/// Words that mean something else in quotes, besides those that are reserved.
const KEYWORDS: [&str; 23] = [
    "ASC",
    "CAST",
    "CROSS",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "DESC",
    "END",
    "FALSE",
    "FULL",
    "GLOB",
    "INDEXED",
    "INNER",
    "LEFT",
    "LIKE",
    "MATCH",
    "NATURAL",
    "OUTER",
    "RAISE",
    "REGEXP",
    "RIGHT",
    "TRUE",
    "WITH",
];

/// Words that are no names without quotes, in order.
/// <https://www.sqlite.org/lang_keywords.html>, without those that SQLite takes for names.
const RESERVED: [&str; 58] = [
    "ADD",
    "ALL",
    "ALTER",
    "AND",
    "AS",
    "AUTOINCREMENT",
    "BETWEEN",
    "CASE",
    "CHECK",
    "COLLATE",
    "COMMIT",
    "CONSTRAINT",
    "CREATE",
    "DEFAULT",
    "DEFERRABLE",
    "DELETE",
    "DISTINCT",
    "DROP",
    "ELSE",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "FOREIGN",
    "FROM",
    "GROUP",
    "HAVING",
    "IN",
    "INDEX",
    "INSERT",
    "INTERSECT",
    "INTO",
    "IS",
    "ISNULL",
    "JOIN",
    "LIMIT",
    "NOT",
    "NOTHING",
    "NOTNULL",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "PRIMARY",
    "REFERENCES",
    "RETURNING",
    "SELECT",
    "SET",
    "TABLE",
    "THEN",
    "TO",
    "TRANSACTION",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_has_one_spelling() {
        let written = "CREATE TRIGGER g after insert on \"t\" when NEW.a = 'x BEGIN y' begin\n\
                       select 1 ;-- one\n update \"Odd\" set a=case when 1 then 2 end; end";
        assert_eq!(
            text(written).as_deref(),
            Some(
                "CREATE TRIGGER g AFTER INSERT ON t WHEN NEW.a = 'x BEGIN y' BEGIN\n    \
                 SELECT 1;\n    UPDATE \"Odd\" SET a = CASE WHEN 1 THEN 2 END;\nEND"
            )
        );
    }

    #[test]
    fn a_type_has_one_spelling() {
        for typed in ["numeric ( 10,2 )", "NUMERIC(10, 2)", " Numeric\n(10 ,2)"] {
            assert_eq!(type_name(typed), "NUMERIC(10, 2)");
        }
    }

    #[test]
    fn reserved_words_are_in_order() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn names_of_operators_are_columns_in_quotes_alone() {
        let columns = ["Glob", "size", "Order"].map(Ident::new);
        let names = Names {
            table: &Ident::new("T"),
            columns: &columns,
        };
        let spelled = |text| {
            expression(&Expression::new(text), &names)
                .as_str()
                .to_owned()
        };
        assert_eq!(
            spelled("\"glob\" glob 'a' and Upper(SIZE)>0 or t.size in (1)"),
            "\"Glob\" GLOB 'a' AND upper(size) > 0 OR \"T\".size IN (1)"
        );
        assert_eq!(spelled("\"order\" is not null"), "\"Order\" IS NOT NULL");
    }
}
