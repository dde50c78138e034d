//! `?` to the `$1` of PostgreSQL, outside of quotes and comments.

/// Numbers the parameters of a statement. Inside quotes, dollar quotes and comments `?` stays.
pub(super) fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 8);
    let mut rest = sql;
    let mut count = 0;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        if piece == "?" {
            count += 1;
            out.push('$');
            out.push_str(&count.to_string());
        } else {
            out.push_str(piece);
        }
        rest = after;
    }
    out
}

/// The length of the quoted text or comment that `sql` begins with, if it begins with one.
fn skipped(sql: &str) -> Option<usize> {
    let closed = |open: usize, close: &str| {
        let found = sql[open..].find(close);
        found.map_or(sql.len(), |at| open + at + close.len())
    };
    match sql.as_bytes() {
        [b'\'', ..] => Some(closed(1, "'")),
        [b'e' | b'E', b'\'', ..] => Some(escaped_string(sql)),
        [b'"', ..] => Some(closed(1, "\"")),
        [b'-', b'-', ..] => Some(closed(2, "\n")),
        [b'/', b'*', ..] => Some(block_comment(sql)),
        [b'$', ..] => {
            let tag = dollar_tag(sql)?;
            Some(closed(tag.len(), tag))
        }
        _ => None,
    }
}

/// `E'it\'s'`: a backslash takes the next character with it.
fn escaped_string(sql: &str) -> usize {
    let mut bytes = sql.bytes().enumerate().skip(2);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'\'' => return at + 1,
            _ => {}
        }
    }
    sql.len()
}

/// Block comments nest on PostgreSQL.
fn block_comment(sql: &str) -> usize {
    let bytes = sql.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    sql.len()
}

/// `$$` or `$name$` at the beginning.
fn dollar_tag(sql: &str) -> Option<&str> {
    let end = sql[1..].find('$')? + 1;
    let name = &sql[1..end];
    let is_name = !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| &sql[..=end])
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        assert_eq!(numbered(sql), expected);
    }

    #[test]
    fn parameters_are_numbered_in_order() {
        check("SELECT ?, ? + é", "SELECT $1, $2 + é");
    }

    #[test]
    fn question_marks_inside_quotes_and_comments_are_text() {
        check("SELECT E'\\'?', e'\\\\', ?", "SELECT E'\\'?', e'\\\\', $1");
        check("SELECT '?''?', \"?\", ?", "SELECT '?''?', \"?\", $1");
        check(
            "-- ?\nSELECT ? /* ? /* ? */ ? */, ?",
            "-- ?\nSELECT $1 /* ? /* ? */ ? */, $2",
        );
        check(
            "SELECT $$ ? $$, $a$ ? $$ ? $a$, ?",
            "SELECT $$ ? $$, $a$ ? $$ ? $a$, $1",
        );
    }

    #[test]
    fn an_open_quote_reaches_to_the_end() {
        check("SELECT ?, '?", "SELECT $1, '?");
        check("/* ?", "/* ?");
    }
}
