//! As much of the Rust language as is needed to find errors in sources: words, signs, texts,
//! documentation.

/// A piece of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `/// ...`
    Doc(String),
    /// What a string means.
    Text(String),
    /// A name or number.
    Word(String),
    Sign(char),
}

impl Token {
    pub(super) fn is(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Doc(_) | Self::Text(_) | Self::Sign(_) => None,
        }
    }
}

/// Cuts a source into pieces.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            let line = comment.lines().next().unwrap_or_default();
            if let Some(doc) = line.strip_prefix('/') {
                found.push(Token::Doc(doc.trim().to_owned()));
            }
            rest = &comment[line.len()..];
        } else if first == '"' {
            let (text, length) = quoted(&rest[1..]);
            found.push(Token::Text(text));
            rest = &rest[1 + length..];
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").expect("a raw string ends");
            found.push(Token::Text(raw[..end].to_owned()));
            rest = &raw[end + 2..];
        } else if first.is_alphanumeric() || first == '_' {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            found.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if let Some(length) = character(rest) {
            rest = &rest[length..];
        } else {
            if !first.is_whitespace() {
                found.push(Token::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// The length of `'x'` or `'\n'`; none for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return inner[2..].find('\'').map(|end| end + 4);
    }
    let sign = inner.chars().next()?;
    inner[sign.len_utf8()..]
        .starts_with('\'')
        .then_some(sign.len_utf8() + 2)
}

/// What a string means up to its closing quote, and its length with that.
fn quoted(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let mut signs = rest.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (text, at + 1),
            '\\' => match signs.next().map(|(_, escaped)| escaped) {
                Some('\n') => while signs.next_if(|(_, it)| it.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => {}
            },
            sign => text.push(sign),
        }
    }
    (text, rest.len())
}

/// Where the bracket that opens at `open` is closed.
pub(super) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (position, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return position;
                }
            }
            Token::Sign(_) | Token::Doc(_) | Token::Text(_) | Token::Word(_) => {}
        }
    }
    tokens.len()
}
