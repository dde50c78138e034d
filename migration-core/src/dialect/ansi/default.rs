//! Default expressions, as far as their text tells what they are.

use crate::schema::Expression;

/// Whether it is a constant: a number, a string, NULL, TRUE or FALSE.
pub(in crate::dialect) fn is_constant(expression: &Expression) -> bool {
    let text = expression.as_str();
    let unsigned = text.trim_start_matches(['-', '+']).trim_start();
    let is_number = unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.')
        && unsigned.parse::<f64>().is_ok();
    let is_word = ["NULL", "TRUE", "FALSE"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    is_number || is_word || is_string(text)
}

/// Whether it is one string, `'it''s'`, or bytes, `x'00'`.
fn is_string(text: &str) -> bool {
    let quoted = text.strip_prefix(['x', 'X']).unwrap_or(text);
    let inner = quoted
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    inner.is_some_and(|inner| {
        // `\'` is how MySQL may write a quote inside.
        !inner.replace("''", "").replace("\\'", "").contains('\'')
    })
}

/// The expression in parentheses, which are not doubled.
pub(in crate::dialect) fn in_parentheses(expression: &Expression) -> String {
    let text = expression.as_str();
    if is_enclosed(text) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// Whether the parenthesis that opens first closes last.
fn is_enclosed(text: &str) -> bool {
    if !text.starts_with('(') {
        return false;
    }
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == text.len();
                }
            }
            (None, _) => {}
        }
    }
    false
}

/// The standard's name of the present moment that it is, if it is nothing else: `now()` is
/// `CURRENT_TIMESTAMP`.
pub(in crate::dialect) fn clock(expression: &Expression) -> Option<&'static str> {
    let text: String = expression
        .as_str()
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '(' | ')'))
        .collect();
    let text = text.trim_end_matches(|digit: char| digit.is_ascii_digit());
    ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"]
        .into_iter()
        .find(|word| text.eq_ignore_ascii_case(word))
        .or_else(|| {
            ["NOW", "LOCALTIMESTAMP"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word))
                .then_some("CURRENT_TIMESTAMP")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_told_from_expressions() {
        for text in [
            "1", "-1.5", "- 2", "1e3", "'it''s'", "''", "null", "TRUE", "x'00'",
        ] {
            assert!(is_constant(&Expression::new(text)), "{text}");
        }
        for text in ["now()", "1 + 1", "'a' || 'b'", "CURRENT_DATE", "(1)", "a"] {
            assert!(!is_constant(&Expression::new(text)), "{text}");
        }
    }

    #[test]
    fn parentheses_are_not_doubled() {
        let written = |text| in_parentheses(&Expression::new(text));
        assert_eq!(written("a"), "(a)");
        assert_eq!(written("(a)"), "(a)");
        assert_eq!(written("(a) + (b)"), "((a) + (b))");
        assert_eq!(written("(')')"), "(')')");
    }

    #[test]
    fn the_present_moment_has_one_name() {
        let named = |text| clock(&Expression::new(text));
        assert_eq!(named("now()"), Some("CURRENT_TIMESTAMP"));
        assert_eq!(named("current_timestamp(6)"), Some("CURRENT_TIMESTAMP"));
        assert_eq!(named("(CURRENT_DATE)"), Some("CURRENT_DATE"));
        assert_eq!(named("now() + 1"), None);
    }
}
