//! A reader of XML for tests: says what is not well-formed.

/// Reads a document; every tag has to be closed, every sign written as it must be.
pub(crate) fn check_xml(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        content(&rest[..at])?;
        let inside = &rest[at + 1..];
        let end = tag_end(inside).ok_or_else(|| format!("a tag without an end: {inside:.40}"))?;
        let tag = &inside[..end];
        rest = &inside[end + 1..];
        if tag.starts_with('!') || tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` closes nothing"));
            }
            continue;
        }
        if open.is_empty() {
            roots += 1;
        }
        let (body, is_closed) = match tag.strip_suffix('/') {
            Some(body) => (body, true),
            None => (tag, false),
        };
        let name = body.split_whitespace().next().unwrap_or_default();
        attributes(&body[name.len()..])?;
        if !is_closed {
            open.push(name);
        }
    }
    content(rest)?;
    match (open.is_empty(), roots) {
        (true, 1) => Ok(()),
        _ => Err(format!("{roots} roots, open: {open:?}")),
    }
}

/// Where a tag ends, signs in quotes passed over.
fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return Some(at),
            '<' => return None,
            _ => {}
        }
    }
    None
}

fn attributes(mut text: &str) -> Result<(), String> {
    let mut names = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return Ok(());
        }
        let (name, after) = text
            .split_once("=\"")
            .ok_or_else(|| format!("no attribute: {text}"))?;
        let (value, after) = after
            .split_once('"')
            .ok_or_else(|| format!("an open attribute: {text}"))?;
        if names.contains(&name) || name.contains(char::is_whitespace) {
            return Err(format!("`{name}` stands twice or is none"));
        }
        names.push(name);
        content(value)?;
        text = after;
    }
}

fn content(text: &str) -> Result<(), String> {
    if let Some(sign) = text
        .chars()
        .find(|it| it.is_control() && !matches!(it, '\n' | '\t'))
    {
        return Err(format!("{sign:?} is no sign of XML"));
    }
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let is_known = matches!(name, "amp" | "lt" | "gt" | "quot") || name.starts_with('#');
        if !is_known || name.len() + at + 1 == text.len() {
            return Err(format!("`&` at {}", &text[at..]));
        }
    }
    Ok(())
}

#[test]
fn what_is_not_well_formed_is_found() {
    for text in [
        "<a><b></a>",
        "<a>&</a>",
        "<a b=c/>",
        "<a",
        "<a/><b/>",
        "<a b=\"<\"/>",
        "x",
    ] {
        assert!(check_xml(text).is_err(), "{text}");
    }
    assert_eq!(check_xml("<a b=\"&lt;\"><c/>&#39;</a>"), Ok(()));
}
