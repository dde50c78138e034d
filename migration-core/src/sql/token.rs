//! Tokens: what the lexer cuts text into. They own nothing; a span says where each stands.

use crate::text::Span;

/// A piece of text with its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where it stands in the source.
    pub(super) span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A key word or unquoted name; `{prefix}` may stand anywhere in it.
    Word,
    /// `"name"`.
    Name,
    /// A name in backticks.
    Backquoted,
    /// `'text'`.
    String,
    /// `E'text'`, where a backslash always escapes.
    EscapeString,
    /// `B''`, `X''`, `N''`, `U&''`, `U&""`: only the engine reads them.
    OtherString,
    /// `$tag$text$tag$`.
    Dollar,
    /// A number without sign.
    Number,
    /// One operator: `::`, `->>`, `||`, `-`.
    Operator,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `[`.
    OpenBracket,
    /// `]`.
    CloseBracket,
    /// `,`.
    Comma,
    /// `.`.
    Dot,
    /// A semicolon that ends nothing, because `DELIMITER` chose something else.
    Semicolon,
    /// What ends a statement: `;` or what `DELIMITER` chose.
    Delimiter,
    /// `-- text`, without its line end.
    LineComment,
    /// `# text`, without its line end.
    HashComment,
    /// `/* text */`.
    BlockComment,
    /// `/*! text */`, `/*+ text */`: a comment that an engine obeys.
    Embedded,
    /// Any other character.
    Other,
}

impl TokenKind {
    /// Whether it means nothing to any engine.
    pub(super) fn is_comment(self) -> bool {
        matches!(
            self,
            Self::LineComment | Self::HashComment | Self::BlockComment
        )
    }

    /// What it adds to the depth of parentheses.
    pub(super) fn depth(self) -> isize {
        isize::from(self == Self::Open) - isize::from(self == Self::Close)
    }

    /// What it adds to the depth of parentheses and brackets.
    pub(super) fn nesting(self) -> isize {
        self.depth() + isize::from(self == Self::OpenBracket)
            - isize::from(self == Self::CloseBracket)
    }

    /// Whether it is a name in quotes.
    pub(super) fn is_quoted_name(self) -> bool {
        matches!(self, Self::Name | Self::Backquoted)
    }
}
