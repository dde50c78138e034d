//! Texts made safe for the languages that pictures are written in. XML and HTML have one way.

/// Text between tags and in attributes; what XML has no sign for is left out.
pub(crate) fn xml(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\n' | '\t' => written.push(sign),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign.is_control() => {}
            sign => written.push(sign),
        }
    }
    written
}

/// A text in double quotes for DOT.
pub(crate) fn dot(text: &str) -> String {
    let mut written = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => written.push_str("\\\""),
            // Graphviz would read `\n`, `\l` and `\N` as more than letters.
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            sign if sign.is_control() => written.push(' '),
            sign => written.push(sign),
        }
    }
    written.push('"');
    written
}

/// A text between double quotes for Mermaid, without the quotes. Signs that it reads as more than
/// letters are written by their numbers.
pub(crate) fn mermaid(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '"' | '#' | '<' | '>' | '&' | '`' | '%' | '\\' | ';' | '{' | '}' | '*' => {
                written.push_str(&format!("#{};", u32::from(sign)));
            }
            sign if sign.is_control() => written.push(' '),
            sign => written.push(sign),
        }
    }
    written
}

/// A text for PlantUML, which reads signs in pairs as markup.
pub(crate) fn plantuml(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut before = ' ';
    for sign in text.chars() {
        let is_plain = sign.is_alphanumeric() || matches!(sign, ' ' | '.' | ',' | '(' | ')');
        // One underline is a letter, two begin a line below the text.
        let is_single = sign == '_' && before != '_' && !written.is_empty();
        if sign.is_control() {
            written.push(' ');
        } else if is_plain || is_single {
            written.push(sign);
        } else {
            written.push_str(&format!("<U+{:04X}>", u32::from(sign)));
        }
        before = sign;
    }
    written
}
