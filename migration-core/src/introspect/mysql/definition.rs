//! What `SHOW CREATE TABLE` writes, to the model.

use std::borrow::Cow;

use super::super::{IntrospectError, stored};
use crate::dialect::Dialect;
use crate::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Ident, Index, ObjectName, Table,
};
use crate::sql::{self, LexemeKind};

/// A table and what stands in its definition.
pub(super) struct Definition {
    pub(super) table: Table,
    pub(super) indexes: Vec<Index>,
    /// Indexes that say more than the model holds: name, and the clause that makes it.
    pub(super) others: Vec<(Ident, String)>,
}

/// Reads the text of a table.
pub(super) fn read(name: &ObjectName, ddl: &str) -> Result<Definition, IntrospectError> {
    let (text, others) = set_aside(&unwrapped(&plain_strings(ddl)));
    // A person wants to see what the server wrote.
    let shown = |_| stored::not_understood(&name.to_string(), ddl);
    let (mut table, indexes) = stored::table(Dialect::Mysql, name, &text).map_err(shown)?;
    let declared = sql::declared_types(&text, true);
    stored::keep_declared(Dialect::Mysql, &mut table, &declared);
    find_json(&mut table);
    Ok(Definition {
        table,
        indexes,
        others,
    })
}

/// The text of comments that only some versions read (`/*!80023 INVISIBLE */`), which the server
/// that wrote them does, without the comment around it.
fn unwrapped(ddl: &str) -> Cow<'_, str> {
    if !ddl.contains("/*!") && !ddl.contains("/*M!") {
        return Cow::Borrowed(ddl);
    }
    let mut written = String::with_capacity(ddl.len());
    let mut rest = ddl;
    let mut is_inside = false;
    while let Some(at) = rest.find(['\'', '"', '`', '/', '*']) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        let opening = ["/*!", "/*M!"].iter().find(|it| from.starts_with(**it));
        let length = if let Some(opening) = opening {
            is_inside = true;
            let digits = from[opening.len()..].bytes();
            opening.len() + digits.take_while(u8::is_ascii_digit).count()
        } else if is_inside && from.starts_with("*/") {
            is_inside = false;
            2
        } else {
            let length = quoted_length(from).unwrap_or(1);
            written.push_str(&from[..length]);
            length
        };
        rest = &from[length..];
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The text with strings as a person writes them: MySQL 8 says the character set of each one in an
/// expression (`_utf8mb4'x'`), which is that of our connections.
pub(super) fn plain_strings(ddl: &str) -> Cow<'_, str> {
    const SAID: &str = "_utf8mb4'";
    if !ddl.contains(SAID) {
        return Cow::Borrowed(ddl);
    }
    let mut written = String::with_capacity(ddl.len());
    let mut rest = ddl;
    let is_of_word = |text: &str| text.ends_with(|it: char| it.is_alphanumeric() || it == '_');
    while let Some(at) = rest.find(['\'', '"', '`']) {
        let before = &rest[..at];
        let bare = before.strip_suffix(&SAID[..SAID.len() - 1]);
        let bare = bare.filter(|it| rest[at..].starts_with('\'') && !is_of_word(it));
        written.push_str(bare.unwrap_or(before));
        let end = at + quoted_length(&rest[at..]).unwrap_or(1);
        written.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The length of the quoted text that begins here, if one does.
fn quoted_length(text: &str) -> Option<usize> {
    let quote = text
        .chars()
        .next()
        .filter(|it| matches!(it, '\'' | '"' | '`'))?;
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if letter == '\\' && quote == '\'' {
            is_escaped = true;
        } else if letter == quote {
            // A doubled quote ends one text and begins the next, which is the same here.
            return Some(at + 1);
        }
    }
    None
}

/// Takes the lines of indexes out that say more than the model holds (`COMMENT`, `IGNORED`, `WITH
/// PARSER`), and what says nothing: InnoDB has one kind of tree, whatever it is told.
fn set_aside(ddl: &str) -> (String, Vec<(Ident, String)>) {
    let is_innodb = ddl.contains("\n) ENGINE=InnoDB");
    let mut others = Vec::new();
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in ddl.split('\n') {
        if line.starts_with(')') {
            close(&mut lines);
        }
        let Some((key, said)) = key_line(line) else {
            lines.push(Cow::Borrowed(line));
            continue;
        };
        let said = said.strip_suffix(',').unwrap_or(said);
        let mut more = said.trim();
        if is_innodb {
            for using in ["USING BTREE", "USING HASH"] {
                more = more.strip_prefix(using).unwrap_or(more).trim_start();
            }
        }
        let is_plain = more.is_empty() || ["USING BTREE", "USING HASH"].contains(&more);
        let name = name_in(key).filter(|_| !is_plain);
        match name {
            Some(name) => others.push((name, format!("{} {more}", key.trim_start()))),
            None => lines.push(Cow::Owned(format!("{key} {more},"))),
        }
    }
    (lines.join("\n"), others)
}

/// Takes the comma of the last element off.
fn close(lines: &mut [Cow<'_, str>]) {
    if let Some(last) = lines.last_mut()
        && let Some(bare) = last.strip_suffix(',')
    {
        *last = Cow::Owned(bare.to_owned());
    }
}

/// Cuts the line of a key behind its columns.
fn key_line(line: &str) -> Option<(&str, &str)> {
    let kinds = [
        "KEY ",
        "PRIMARY KEY ",
        "UNIQUE KEY ",
        "FULLTEXT KEY ",
        "SPATIAL KEY ",
    ];
    let element = line.strip_prefix("  ")?;
    if !kinds.iter().any(|kind| element.starts_with(kind)) {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        if let Some(length) = quoted_length(&line[at..]) {
            at += length;
            continue;
        }
        at += letter.len_utf8();
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(line.split_at(at)),
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

fn name_in(key: &str) -> Option<Ident> {
    let words = sql::lexemes(key, true)?;
    let mut names = words.into_iter().filter(|it| it.kind == LexemeKind::Name);
    let is_primary = key.trim_start().starts_with("PRIMARY");
    names
        .next()
        .filter(|_| !is_primary)
        .map(|it| Ident::new(it.text))
}

/// MariaDB writes `JSON` as the long text with the check that it stands for.
fn find_json(table: &mut Table) {
    let is_binary_table = option(table, "COLLATE") == Some("utf8mb4_bin");
    for column in &mut table.columns {
        let unquoted = |text: &str| text.replace(['"', '`'], "").to_lowercase();
        let check = unquoted(&format!("json_valid({})", column.name));
        let is_check = |constraint: &Constraint| match &constraint.kind {
            ConstraintKind::Check { expression } => {
                constraint.name.is_none() && unquoted(expression.as_str()) == check
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_) => false,
        };
        let could_be = is_long_text(column, is_binary_table);
        if could_be && table.constraints.iter().any(is_check) {
            table.constraints.retain(|constraint| !is_check(constraint));
            column.data_type = DataType::Json;
            column.collation = None;
            column
                .attributes
                .retain(|attribute| !attribute.as_str().starts_with("CHARACTER SET"));
        }
    }
}

/// Whether a column is a long text that is compared byte by byte.
fn is_long_text(column: &Column, is_binary_table: bool) -> bool {
    let is_binary = match &column.collation {
        Some(collation) => collation.as_str() == "utf8mb4_bin",
        None => is_binary_table && column.attributes.is_empty(),
    };
    let is_long = matches!(&column.data_type, DataType::Other(name)
        if name.as_str().eq_ignore_ascii_case("longtext"))
        || column.data_type == DataType::Text;
    is_binary && is_long
}

/// What an option of a table says.
pub(super) fn option<'a>(table: &'a Table, keyword: &str) -> Option<&'a str> {
    let said = table.options.iter().find(|it| it.keyword == keyword)?;
    said.value.as_ref().map(Expression::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::plain::{self, Rules};
    use super::*;

    #[test]
    fn comments_that_the_server_reads_are_text() {
        for (ddl, expected) in [
            ("a int /*!80023 INVISIBLE */,", "a int  INVISIBLE ,"),
            ("a /*M!100301 COMPRESSED*/ b", "a  COMPRESSED b"),
            (
                "c '/*! \\' */' /*!1 d '*/' */ e",
                "c '/*! \\' */'  d '*/'  e",
            ),
            ("a */ b /* c */", "a */ b /* c */"),
        ] {
            assert_eq!(unwrapped(ddl).trim(), expected.trim(), "{ddl}");
        }
    }

    /// As MySQL 8.0 writes it, which has no width of numbers, names the collation of columns that
    /// named one, computes defaults and indexes, and hides in comments what older servers lack.
    fn table_of_mysql_8() -> Definition {
        let columns = [
            "\"id\" int NOT NULL AUTO_INCREMENT",
            "\"name\" varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci DEFAULT 'x'",
            "\"n\" int DEFAULT '5'",
            "\"b\" tinyint(1) DEFAULT '1'",
            "\"j\" json DEFAULT (json_object())",
            "\"at\" datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)",
            "\"u\" char(36) DEFAULT (uuid())",
            "\"h\" varchar(21) GENERATED ALWAYS AS (concat(\"name\",_utf8mb4'!')) VIRTUAL",
            "\"p\" point NOT NULL /*!80003 SRID 4326 */",
            "\"i\" int DEFAULT NULL /*!80023 INVISIBLE */",
            "PRIMARY KEY (\"id\")",
            "UNIQUE KEY \"k\" (\"name\" DESC)",
            "KEY \"f\" ((lower(\"name\")))",
            "KEY \"v\" (\"n\") /*!80000 INVISIBLE */",
            "CONSTRAINT \"r\" FOREIGN KEY (\"n\") REFERENCES \"o\" (\"id\") ON DELETE RESTRICT",
            "CONSTRAINT \"c\" CHECK ((\"name\" <> _utf8mb4'it''s'))",
        ];
        let ddl = format!(
            "CREATE TABLE \"t\" (\n  {}\n) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 \
             COLLATE=utf8mb4_0900_ai_ci COMMENT='what it is'",
            columns.join(",\n  ")
        );
        let mut read = read(&ObjectName::new("t"), &ddl).expect("it is read");
        let rules = Rules {
            own: "shop".to_owned(),
            collation: "utf8mb4_0900_ai_ci".to_owned(),
            engine: "InnoDB".to_owned(),
        };
        plain::table(&mut read, "utf8mb4_0900_ai_ci", None, &rules);
        read
    }

    #[test]
    fn a_table_of_mysql_8_is_read() {
        let Definition {
            table,
            indexes,
            others,
        } = table_of_mysql_8();
        let column = |name: &str| table.column(&Ident::new(name)).expect("it is there");
        let default = |name: &str| column(name).default.as_ref().map(Expression::as_str);
        assert_eq!(column("id").data_type, DataType::Integer);
        assert_eq!(column("b").data_type, DataType::Boolean);
        assert_eq!(column("j").data_type, DataType::Json);
        assert_eq!(
            (&column("name").collation, &column("name").attributes),
            (&None, &vec![])
        );
        assert_eq!(default("at"), Some("CURRENT_TIMESTAMP(6)"));
        assert_eq!(default("u"), Some("uuid()"));
        assert_eq!(default("i"), None);
        let generated = column("h")
            .generated
            .as_ref()
            .map(|it| it.expression.as_str());
        assert_eq!(generated, Some("concat(\"name\", '!')"));
        let hidden = column("i").attributes.iter().map(Expression::as_str);
        assert_eq!(hidden.collect::<Vec<_>>(), ["INVISIBLE"]);
        let names = indexes.iter().filter_map(|it| it.name.as_ref());
        assert_eq!(names.map(Ident::as_str).collect::<Vec<_>>(), ["k", "f"]);
        assert_eq!(
            others,
            [(Ident::new("v"), "KEY \"v\" (\"n\") INVISIBLE".to_owned())]
        );
        let kinds = table.constraints.iter().map(|it| format!("{:?}", it.kind));
        let kinds = kinds.collect::<Vec<_>>().join("\n");
        assert!(kinds.contains("\"name\\\" <> 'it''s'"), "{kinds}");
        assert_eq!(table.options, []);
    }

    #[test]
    fn strings_say_no_character_set() {
        for (ddl, expected) in [
            ("(`a` <> _utf8mb4'x')", "(`a` <> 'x')"),
            ("(_utf8mb4'it''s',_utf8mb4'')", "('it''s','')"),
            ("'_utf8mb4' = a_utf8mb4'x'", "'_utf8mb4' = a_utf8mb4'x'"),
            (
                "'a \\' _utf8mb4' `_utf8mb4'`",
                "'a \\' _utf8mb4' `_utf8mb4'`",
            ),
            ("_latin1'x'", "_latin1'x'"),
        ] {
            assert_eq!(plain_strings(ddl), expected, "{ddl}");
        }
    }

    #[test]
    fn indexes_that_say_more_are_set_aside() {
        let ddl = "CREATE TABLE `t` (\n  `a` int,\n  PRIMARY KEY (`a`) USING HASH,\n  \
                   KEY `b` (`a`),\n  UNIQUE KEY `c)` (`a`(3)) COMMENT 'd,'\n) ENGINE=InnoDB";
        let (text, others) = set_aside(ddl);
        assert_eq!(
            text,
            "CREATE TABLE `t` (\n  `a` int,\n  PRIMARY KEY (`a`) ,\n  KEY `b` (`a`) \n) ENGINE=InnoDB"
        );
        let clause = "UNIQUE KEY `c)` (`a`(3)) COMMENT 'd,'";
        assert_eq!(others, [(Ident::new("c)"), clause.to_owned())]);
    }
}
