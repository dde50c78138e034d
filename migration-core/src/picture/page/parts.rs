//! Small parts of a page: tables, notices, code.

use std::fmt::Write as _;

use super::{Notice, Part, Tone};
use crate::picture::escape::xml;

/// Names and what is known under them.
pub(super) fn facts(facts: &[(String, String)]) -> String {
    let mut text = String::from("<dl class=\"facts\">\n");
    for (name, value) in facts {
        let _ = writeln!(
            text,
            "<div><dt>{}</dt><dd>{}</dd></div>",
            xml(name),
            breakable(&xml(value))
        );
    }
    text + "</dl>\n"
}

/// An address may break behind its parts, so that it need not inside of one.
fn breakable(escaped: &str) -> String {
    match escaped.split_once("://") {
        Some((scheme, rest)) => {
            let parts: Vec<&str> = rest.split('/').collect();
            let rest = parts.join("<wbr/>/").replacen('@', "@<wbr/>", 1);
            format!("{scheme}://<wbr/>{rest}")
        }
        None => escaped.to_owned(),
    }
}

/// A part, or why it is not there.
pub(super) fn part<T>(part: &Part<T>, known: impl Fn(&T) -> String) -> String {
    match part {
        Part::Known(found) => known(found),
        Part::Unknown(notice) => self::notice(notice),
    }
}

/// Why something is not there.
pub(super) fn notice(notice: &Notice) -> String {
    let mut text = format!(
        "<div class=\"notice\" role=\"note\">\n<p><strong>This part could not be made:</strong> {}</p>\n",
        prose(&notice.message)
    );
    for cause in &notice.causes {
        let _ = writeln!(text, "<p>Caused by: {}</p>", prose(cause));
    }
    if let Some(hint) = &notice.hint {
        let _ = writeln!(text, "<pre class=\"hint\">{}</pre>", xml(hint));
    }
    text + "</div>\n"
}

/// Words, those between backticks as code.
pub(super) fn prose(words: &str) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    let parts = parts.into_iter().enumerate().map(|(number, part)| {
        if number % 2 == 1 && is_paired {
            format!("<code>{}</code>", xml(part))
        } else {
            xml(part)
        }
    });
    parts
        .collect::<Vec<_>>()
        .join(if is_paired { "" } else { "`" })
}

/// A sentence.
pub(super) fn paragraph(words: &str) -> String {
    format!("<p>{}</p>\n", prose(words))
}

/// Sentences below each other.
pub(super) fn list(class: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items = items.iter().map(|it| format!("<li>{}</li>\n", prose(it)));
    format!(
        "<ul class=\"{class}\">\n{}</ul>\n",
        items.collect::<String>()
    )
}

/// Statements, each with its semicolon.
pub(super) fn code(statements: &[String]) -> String {
    if statements.is_empty() {
        return String::new();
    }
    let statements = statements.iter().map(|sql| {
        let end = if sql.starts_with("--") { "" } else { ";" };
        format!("{}{end}\n", xml(sql))
    });
    let statements: String = statements.collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"SQL\"><pre><code>{statements}</code></pre></div>\n"
    )
}

/// A word on a coloured ground.
pub(super) fn chip(tone: Tone, word: &str) -> String {
    format!("<span class=\"chip {}\">{}</span>", tone.class(), xml(word))
}

/// A table; cells are HTML.
pub(super) fn table(caption: &str, titles: &[&str], rows: &[Vec<String>]) -> String {
    let caption = xml(caption);
    let mut text = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n\
         <caption>{caption}</caption>\n<thead><tr>"
    );
    for title in titles {
        let _ = write!(text, "<th scope=\"col\">{}</th>", xml(title));
    }
    text += "</tr></thead>\n<tbody>\n";
    for row in rows {
        text += "<tr>";
        for cell in row {
            let _ = write!(text, "<td>{cell}</td>");
        }
        text += "</tr>\n";
    }
    text + "</tbody>\n</table>\n</div>\n"
}

/// The first rows of a table; the others open when somebody asks for them.
pub(super) fn long_table(
    caption: &str,
    titles: &[&str],
    rows: &[Vec<String>],
    (shown, rest): (usize, &str),
) -> String {
    if rows.len() <= shown + 10 {
        return table(caption, titles, rows);
    }
    let (first, others) = rows.split_at(shown);
    let more = format!("{} {rest}", others.len());
    format!(
        "{}<details>\n<summary>{}</summary>\n{}</details>\n",
        table(caption, titles, first),
        xml(&more),
        table(&more, titles, others)
    )
}
