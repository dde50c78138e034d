//! Lists of texts in one spelling. `c IN ('a', 'b')` of a `VARCHAR` is kept as an array that is cast as
//! a whole; read again from what the server prints, as after a dump, each element is cast by itself.

/// The text with each such array cast as a whole.
pub(super) fn whole(text: &str) -> String {
    const OPEN: &str = "ARRAY[";
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        let inner = &from[OPEN.len()..];
        rest = if let Some((elements, behind)) = elements(inner) {
            let elements = elements.join(", ");
            written.push_str(&format!("(ARRAY[{elements}])::text[]"));
            behind
        } else {
            written.push_str(OPEN);
            inner
        };
    }
    written.push_str(rest);
    written
}

/// The elements up to the bracket, each without its cast to text, and what stands behind it; none
/// where one is something else.
fn elements(mut text: &str) -> Option<(Vec<String>, &str)> {
    let mut found = Vec::new();
    loop {
        let (element, rest) = element(text)?;
        found.push(element);
        text = match rest.strip_prefix(", ") {
            Some(next) => next,
            None => return Some((found, rest.strip_prefix(']')?)),
        };
    }
}

/// One of them: `('a'::character varying)::text`.
fn element(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix("('")?;
    let mut quotes = inner.match_indices('\'').map(|(at, _)| at).peekable();
    let end = loop {
        let at = quotes.next()?;
        if quotes.next_if_eq(&(at + 1)).is_none() {
            break at;
        }
    };
    let rest = inner[end + 1..].strip_prefix("::character varying)::text")?;
    Some((format!("'{}'::character varying", &inner[..end]), rest))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_list_is_spelled_in_one_way() {
        let kept = "c = ANY ((ARRAY['it''s'::character varying, ''::character varying])::text[])";
        let again = "c = ANY (ARRAY[('it''s'::character varying)::text, \
                     (''::character varying)::text])";
        assert_eq!(whole(again), kept);
        assert_eq!(whole(kept), kept);
        for other in ["a = ANY (ARRAY[1, 2])", "ARRAY[", "ARRAY[('a'::text)]"] {
            assert_eq!(whole(other), other);
        }
    }
}
