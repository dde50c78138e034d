//! Expressions of PostgreSQL's catalog in the words that a person writes and every engine reads.
//!
//! PostgreSQL shows what it understood: every cast that it made, `IN` as an array, `LIKE` as an
//! operator (`ruleutils.c`). Read again, the plain words give the same expression.

use crate::schema::Expression;
use crate::sql::{self, Lexeme, LexemeKind};

/// The expression without what the engine put in; as it is when something of the engine's own stays.
/// `is_text` says of a column whether its values are characters already.
pub(super) fn uncast(expression: &Expression, is_text: &dyn Fn(&str) -> bool) -> Expression {
    let is_shown = |sign: &str| expression.as_str().contains(sign);
    if !["::", "ARRAY[", "~~"].into_iter().any(is_shown) {
        return expression.clone();
    }
    let Some(lexemes) = sql::lexemes(expression.as_str(), false) else {
        return expression.clone();
    };
    let mut pieces: Vec<Lexeme> = lexemes;
    while remove_cast(&mut pieces, is_text) {}
    while remove_parentheses(&mut pieces) {}
    while list(&mut pieces) {}
    for piece in &mut pieces {
        match piece.text.as_str() {
            "~~" => "LIKE".clone_into(&mut piece.text),
            "!~~" => "NOT LIKE".clone_into(&mut piece.text),
            _ => {}
        }
    }
    let is_own = |it: &Lexeme| it.text == "::" || it.text.eq_ignore_ascii_case("ARRAY");
    if pieces.iter().any(is_own) {
        return expression.clone();
    }
    let text: Vec<String> = pieces.iter().map(written).collect();
    sql::joined(&text.join(" "), false).unwrap_or_else(|| expression.clone())
}

fn written(piece: &Lexeme) -> String {
    if piece.kind == LexemeKind::Name {
        return format!("\"{}\"", piece.text.replace('"', "\"\""));
    }
    piece.text.clone()
}

/// Types that a literal of theirs is without saying so.
const TYPES: &[&[&str]] = &[
    &["character", "varying"],
    &["double", "precision"],
    &["timestamp", "without", "time", "zone"],
    &["timestamp", "with", "time", "zone"],
    &["time", "without", "time", "zone"],
    &["text"],
    &["bpchar"],
    &["character"],
    &["numeric"],
    &["smallint"],
    &["integer"],
    &["bigint"],
    &["real"],
    &["date"],
    &["boolean"],
    &["uuid"],
    &["json"],
    &["jsonb"],
];

/// Removes one cast that goes without saying; false when there is none.
fn remove_cast(pieces: &mut Vec<Lexeme>, is_text: &dyn Fn(&str) -> bool) -> bool {
    for at in 0..pieces.len() {
        if pieces[at].text != "::" || at == 0 {
            continue;
        }
        let Some(end) = end_of_type(pieces, at + 1) else {
            continue;
        };
        let to_text = pieces[at + 1].text == "text" || pieces[at + 1].text == "character";
        let Some(start) = start_of_operand(pieces, at) else {
            continue;
        };
        let operand = bare(&pieces[start..at]);
        let is_removed = match operand {
            [only] if only.kind == LexemeKind::String => true,
            [only] if only.kind == LexemeKind::Number => true,
            [only] if matches!(only.kind, LexemeKind::Word | LexemeKind::Name) => {
                only.text.eq_ignore_ascii_case("NULL") || (to_text && is_text(&only.text))
            }
            [first, ..] => first.text.eq_ignore_ascii_case("ARRAY"),
            [] => false,
        };
        if is_removed {
            let mut kept = operand.to_vec();
            unquote_negative(&mut kept);
            pieces.splice(start..end, kept);
            return true;
        }
    }
    false
}

/// `'-1'` was typed as -1.
fn unquote_negative(operand: &mut [Lexeme]) {
    if let [only] = operand
        && let Some(number) = only
            .text
            .strip_prefix("'-")
            .and_then(|it| it.strip_suffix('\''))
        && number.parse::<f64>().is_ok()
    {
        only.text = format!("-{number}");
        only.kind = LexemeKind::Number;
    }
}

/// Behind the type that begins there, with its length and brackets.
fn end_of_type(pieces: &[Lexeme], from: usize) -> Option<usize> {
    let is_there = |words: &&&[&str]| {
        words.iter().enumerate().all(|(at, word)| {
            pieces
                .get(from + at)
                .is_some_and(|it| it.kind == LexemeKind::Word && it.text == *word)
        })
    };
    let mut end = from + TYPES.iter().find(is_there)?.len();
    if pieces
        .get(end)
        .is_some_and(|it| it.kind == LexemeKind::Open)
    {
        end = closing(pieces, end)? + 1;
    }
    while pieces.get(end).is_some_and(|it| it.text == "[") {
        end += 2;
    }
    Some(end)
}

/// Where the operand of the cast at `at` begins: one word, or a group.
fn start_of_operand(pieces: &[Lexeme], at: usize) -> Option<usize> {
    let last = at.checked_sub(1)?;
    if pieces[last].kind != LexemeKind::Close {
        return Some(last);
    }
    let mut depth = 0;
    for start in (0..=last).rev() {
        match pieces[start].kind {
            LexemeKind::Close => depth += 1,
            LexemeKind::Open => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let is_call = start > 0 && is_callable(&pieces[start - 1]);
            return (!is_call).then_some(start);
        }
    }
    None
}

fn is_callable(piece: &Lexeme) -> bool {
    const KEYWORDS: [&str; 9] = [
        "and", "or", "not", "in", "any", "all", "when", "then", "else",
    ];
    matches!(piece.kind, LexemeKind::Word | LexemeKind::Name)
        && !KEYWORDS
            .iter()
            .any(|it| piece.text.eq_ignore_ascii_case(it))
}

/// Without the parentheses around it.
fn bare(mut operand: &[Lexeme]) -> &[Lexeme] {
    while let [first, .., last] = operand {
        let is_group = first.kind == LexemeKind::Open
            && last.kind == LexemeKind::Close
            && closing(operand, 0) == Some(operand.len() - 1);
        if !is_group {
            break;
        }
        operand = &operand[1..operand.len() - 1];
    }
    operand
}

/// Where the parenthesis that is opened there closes.
fn closing(pieces: &[Lexeme], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, piece) in pieces.iter().enumerate().skip(open) {
        match piece.kind {
            LexemeKind::Open => depth += 1,
            LexemeKind::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Removes one pair of parentheses around one word, or around another pair.
fn remove_parentheses(pieces: &mut Vec<Lexeme>) -> bool {
    for open in 0..pieces.len() {
        if pieces[open].kind != LexemeKind::Open {
            continue;
        }
        let Some(close) = closing(pieces, open) else {
            return false;
        };
        let is_call = open > 0 && is_callable(&pieces[open - 1]);
        let is_word = close == open + 2;
        let is_double = pieces[open + 1].kind == LexemeKind::Open
            && closing(pieces, open + 1) == Some(close - 1);
        if (is_word && !is_call && !follows_list(pieces, open)) || is_double {
            pieces.remove(close);
            pieces.remove(open);
            return true;
        }
    }
    false
}

fn follows_list(pieces: &[Lexeme], open: usize) -> bool {
    open > 0
        && ["IN", "ANY", "ALL"]
            .iter()
            .any(|it| pieces[open - 1].text.eq_ignore_ascii_case(it))
}

/// Writes one `= ANY (ARRAY[...])` as `IN (...)`, one `<> ALL (ARRAY[...])` as `NOT IN (...)`.
fn list(pieces: &mut Vec<Lexeme>) -> bool {
    let word = |text: &str| Lexeme {
        kind: LexemeKind::Word,
        text: text.to_owned(),
    };
    for at in 0..pieces.len() {
        let is = |offset: usize, text: &str| {
            pieces
                .get(at + offset)
                .is_some_and(|it| it.text.eq_ignore_ascii_case(text))
        };
        let operator: &[&str] = if is(0, "=") && is(1, "ANY") {
            &["IN"]
        } else if is(0, "<>") && is(1, "ALL") {
            &["NOT", "IN"]
        } else {
            continue;
        };
        if !(is(2, "(") && is(3, "ARRAY") && is(4, "[")) {
            continue;
        }
        let Some(close) = closing(pieces, at + 2) else {
            continue;
        };
        if pieces[close - 1].text != "]" {
            continue;
        }
        pieces.remove(close - 1);
        pieces.drain(at + 3..at + 5);
        pieces.splice(at..at + 2, operator.iter().map(|it| word(it)));
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::uncast;
    use crate::schema::Expression;

    #[test]
    fn what_postgresql_shows_is_written_as_it_was_typed() {
        for (shown, typed) in [
            (
                "(a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])",
                "a IN ('x', 'y')",
            ),
            ("b = ANY (ARRAY['x'::text, 'y'::text])", "b IN ('x', 'y')"),
            ("w > (0)::numeric", "w > 0"),
            ("n = ANY (ARRAY[1, 2])", "n IN (1, 2)"),
            ("(a)::text <> ''::text", "a <> ''"),
            ("d > '2020-01-01'::date", "d > '2020-01-01'"),
            (
                "(length((a)::text) > 2) AND ((w >= (1)::numeric) AND (w <= (10)::numeric))",
                "(length(a) > 2) AND ((w >= 1) AND (w <= 10))",
            ),
            ("n > '-1'::integer", "n > -1"),
            (
                "(a)::text <> ALL ((ARRAY['p'::character varying, 'q'::character varying])::text[])",
                "a NOT IN ('p', 'q')",
            ),
            ("(a)::text ~~ 'x%'::text", "a LIKE 'x%'"),
            ("lower((a)::text) = 'x'::text", "lower(a) = 'x'"),
            ("'x'::character varying(5)", "'x'"),
            ("'0'::numeric", "'0'"),
            (
                "'2020-01-01 00:00:00'::timestamp without time zone",
                "'2020-01-01 00:00:00'",
            ),
            // What the engine alone can say stays as it is.
            ("(n)::text = '1'::text", "(n)::text = '1'::text"),
            ("nextval('s'::regclass)", "nextval('s'::regclass)"),
            ("'x'::mood", "'x'::mood"),
            ("a > 0", "a > 0"),
        ] {
            let is_text = |name: &str| name == "a" || name == "b";
            let found = uncast(&Expression::new(shown), &is_text);
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(found.as_str()), squeezed(typed), "{shown}");
        }
    }
}
