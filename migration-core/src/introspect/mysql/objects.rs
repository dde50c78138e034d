//! Views, routines, triggers and sequences of MySQL and MariaDB.

use super::super::stored;
use super::definition::plain_strings;
use crate::dialect::Dialect;
use crate::schema::{
    Bound, DataType, Dependent, DependentKind, ObjectName, Sequence, SequenceOptions, View,
};
use crate::sql::{self, Lexeme, LexemeKind};

/// A view as it is read.
pub(super) enum ReadView {
    /// Computed as the server decides, with the rights of who made it: what goes without saying.
    Plain(View),
    /// All else, by its text.
    Said(Dependent),
    /// Its text, when that is not understood.
    Unread(String),
}

/// Reads what `SHOW CREATE VIEW` writes; who made it is left out, and so is the connection's own
/// database before names.
pub(super) fn view(name: &ObjectName, ddl: &str, own: &str) -> ReadView {
    let Some((said, query)) = parts_of_view(ddl, own) else {
        return ReadView::Unread(ddl.to_owned());
    };
    let view = stored::view(
        Dialect::Mysql,
        name,
        &format!("CREATE VIEW \"v\" AS {query}"),
    );
    match view {
        Some(view) if said.is_empty() => ReadView::Plain(view),
        Some(_) => ReadView::Said(Dependent {
            kind: DependentKind::View,
            name: name.clone(),
            sql: format!("CREATE {said}VIEW {} AS {query}", super::quoted(name)),
        }),
        None => ReadView::Unread(format!("CREATE {said}VIEW AS {query}")),
    }
}

/// What a view says before `VIEW` that does not go without saying, and its query.
fn parts_of_view(ddl: &str, own: &str) -> Option<(String, String)> {
    let plain = plain_strings(ddl);
    let words = sql::lexemes(&plain, true)?;
    let head = words.iter().position(|word| is_word(word, "VIEW"))?;
    let begins = words[head..].iter().position(|word| is_word(word, "AS"))?;
    let mut text = String::with_capacity(ddl.len());
    let query = &words[head + begins + 1..];
    let mut at = 0;
    while at < query.len() {
        if is_qualifier(query, at, own) {
            at += 2;
            continue;
        }
        text.push(' ');
        text.push_str(&spelled(&query[at]));
        at += 1;
    }
    let text = sql::joined(&text, true)?;
    Some((said_of_view(&words[..head]), text.as_str().to_owned()))
}

/// How a view is computed and whose rights it has, where that is not the usual.
fn said_of_view(head: &[Lexeme]) -> String {
    let behind = |word: &str, distance: usize| {
        let at = head.iter().position(|it| is_word(it, word))?;
        Some(head.get(at + distance)?.text.to_ascii_uppercase())
    };
    let mut said = String::new();
    if let Some(algorithm) = behind("ALGORITHM", 2).filter(|it| it != "UNDEFINED") {
        said += &format!("ALGORITHM={algorithm} ");
    }
    if behind("SECURITY", 1).is_some_and(|it| it == "INVOKER") {
        said += "SQL SECURITY INVOKER ";
    }
    said
}

fn is_word(word: &Lexeme, text: &str) -> bool {
    word.kind == LexemeKind::Word && word.text.eq_ignore_ascii_case(text)
}

fn spelled(word: &Lexeme) -> String {
    if word.kind == LexemeKind::Name {
        Dialect::Mysql.syntax().quote(&word.text)
    } else {
        word.text.clone()
    }
}

/// Whether the connection's own database stands here before the name of a table or function. The
/// server writes it so when a view reads other databases, too.
fn is_qualifier(words: &[Lexeme], at: usize, own: &str) -> bool {
    let kind = |at: usize| words.get(at).map(|word| word.kind);
    let is_own = words[at].kind == LexemeKind::Name
        && words[at].text == own
        && kind(at + 1) == Some(LexemeKind::Dot);
    let is_inner = at > 0 && kind(at - 1) == Some(LexemeKind::Dot);
    if !is_own || is_inner {
        return false;
    }
    let before = words[..at].iter().rev();
    let opener = before.clone().find(|word| word.kind != LexemeKind::Open);
    let names_table = opener.is_some_and(|word| {
        ["FROM", "JOIN", "STRAIGHT_JOIN"]
            .iter()
            .any(|opener| word.text.eq_ignore_ascii_case(opener))
    });
    names_table || matches!(kind(at + 3), Some(LexemeKind::Dot | LexemeKind::Open))
}

/// The statement that makes a routine, without who made it.
pub(super) fn routine(ddl: &str) -> String {
    let Some(made) = ddl.strip_prefix("CREATE DEFINER=") else {
        return ddl.trim().to_owned();
    };
    let behind_user = behind_name(made);
    let rest = match behind_user.strip_prefix('@') {
        Some(host) => behind_name(host),
        None => behind_user,
    };
    format!("CREATE {}", rest.trim())
}

/// A definition that is not understood, without the number that comes next, which is none of it.
pub(super) fn settled(ddl: String) -> String {
    let Some(words) = sql::lexemes(&ddl, true) else {
        return ddl;
    };
    let mut text = String::with_capacity(ddl.len());
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let is_sign = words.peek().is_some_and(|it| it.text == "=");
        if is_word(word, "AUTO_INCREMENT") && is_sign {
            words.nth(1);
            continue;
        }
        text.push_str(&spelled(word));
        text.push(' ');
    }
    text
}

/// What follows the name in quotes that a text begins with.
fn behind_name(text: &str) -> &str {
    let Some(quote) = text.chars().next().filter(|it| matches!(it, '"' | '`')) else {
        return text.find([' ', '@']).map_or("", |end| &text[end..]);
    };
    let mut rest = &text[1..];
    while let Some(end) = rest.find(quote) {
        rest = &rest[end + 1..];
        match rest.strip_prefix(quote) {
            Some(more) => rest = more,
            None => return rest,
        }
    }
    ""
}

/// Reads what MariaDB's `SHOW CREATE SEQUENCE` writes; what it does by itself is not said.
pub(super) fn sequence(name: &ObjectName, ddl: &str) -> Option<Sequence> {
    let text = ddl.rfind(" ENGINE=").map_or(ddl, |end| &ddl[..end]);
    let mut sequence = stored::sequence(Dialect::Mysql, name, text)?;
    leave_unsaid(&mut sequence.options);
    Some(sequence)
}

/// A sequence as it would be read once MariaDB has made it.
pub fn kept_sequence(mut sequence: Sequence) -> Sequence {
    let options = &mut sequence.options;
    let is_descending = options.increment.is_some_and(|step| step < 0);
    let (least, greatest) = limits(is_descending);
    let at = |bound: Option<Bound>, limit: i64| match bound {
        Some(Bound::At(number)) => Bound::At(number),
        Some(Bound::OfType) | None => Bound::At(limit),
    };
    options.minimum = Some(at(options.minimum, least));
    options.maximum = Some(at(options.maximum, greatest));
    leave_unsaid(options);
    options.owner = None;
    sequence
}

/// The least and the greatest number of a sequence that is told none.
fn limits(is_descending: bool) -> (i64, i64) {
    if is_descending {
        (i64::MIN + 1, -1)
    } else {
        (1, i64::MAX - 1)
    }
}

fn leave_unsaid(options: &mut SequenceOptions) {
    let SequenceOptions {
        data_type,
        increment,
        minimum,
        maximum,
        start,
        cache,
        cycle,
        owner: _,
    } = options;
    let is_descending = increment.is_some_and(|step| step < 0);
    let (least, greatest) = limits(is_descending);
    let first = if is_descending { *maximum } else { *minimum };
    data_type.take_if(|it| *it == DataType::BigInt);
    start.take_if(|it| Some(Bound::At(*it)) == first);
    minimum.take_if(|it| *it == Bound::At(least));
    maximum.take_if(|it| *it == Bound::At(greatest));
    increment.take_if(|it| *it == 1);
    cache.take_if(|it| *it == 1000);
    cycle.take_if(|it| !*it);
}

/// The statement that makes a trigger.
pub(super) fn trigger(name: &ObjectName, table: &ObjectName, moment: &str, body: &str) -> String {
    format!(
        "CREATE TRIGGER {} {moment} ON {} FOR EACH ROW {}",
        super::quoted(name),
        super::quoted(table),
        body.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_without_what_depends_on_where_it_is() {
        let head = "CREATE ALGORITHM=UNDEFINED DEFINER=`r``@`@`%` SQL SECURITY DEFINER VIEW ";
        let ddl = format!(
            "{head}`shop`.`v` AS select `shop`.`c`.`p` AS `p`,`shop`.`f`(`shop`.`q`) AS `shop` \
             from (`shop`.`c` join `other`.`d` `shop`) WITH LOCAL CHECK OPTION"
        );
        let ReadView::Plain(view) = view(&ObjectName::new("v"), &ddl, "shop") else {
            panic!("{ddl}");
        };
        assert_eq!(
            view.query.as_str(),
            "select \"c\".\"p\" AS \"p\", \"f\"(\"shop\".\"q\") AS \"shop\" \
             from (\"c\" join \"other\".\"d\" \"shop\")"
        );
        assert!(view.check_option.is_some());
    }

    #[test]
    fn a_view_keeps_whose_rights_it_has_and_how_it_is_computed() {
        for (said, kept) in [
            (
                "ALGORITHM=UNDEFINED DEFINER=`r`@`%` SQL SECURITY INVOKER",
                "SQL SECURITY INVOKER",
            ),
            (
                "ALGORITHM=MERGE DEFINER=`algorithm`@`security` SQL SECURITY DEFINER",
                "ALGORITHM=MERGE",
            ),
        ] {
            let ddl = format!("CREATE {said} VIEW `v` AS select 1 AS `a`");
            let ReadView::Said(view) = view(&ObjectName::new("v"), &ddl, "shop") else {
                panic!("{ddl}");
            };
            let text = format!("CREATE {kept} VIEW \"v\" AS select 1 AS \"a\"");
            assert_eq!(view.sql, text);
        }
    }

    #[test]
    fn the_number_that_comes_next_is_no_part_of_a_definition() {
        let table = |next: &str| {
            settled(format!(
                "CREATE TABLE `t` (`a` int AUTO_INCREMENT) ENGINE=InnoDB {next}PARTITION BY KEY (a)"
            ))
        };
        assert_eq!(table("AUTO_INCREMENT=7 "), table(""));
        assert!(table("").contains("AUTO_INCREMENT"));
    }

    #[test]
    fn a_routine_has_no_maker() {
        for ddl in [
            "CREATE DEFINER=\"a b\"@\"%\" FUNCTION \"f\"() RETURNS int",
            "CREATE DEFINER=`a``@`@`%` FUNCTION \"f\"() RETURNS int",
            "CREATE FUNCTION \"f\"() RETURNS int",
        ] {
            assert_eq!(routine(ddl), "CREATE FUNCTION \"f\"() RETURNS int");
        }
    }
}
