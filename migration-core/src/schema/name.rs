//! Names and expressions.

use std::collections::HashSet;
use std::fmt;

use compact_str::CompactString;

/// One identifier, exact and unquoted: `fileExt`, never `"fileExt"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(CompactString);

impl Ident {
    /// Wraps a name as it is stored in a catalog.
    pub fn new(name: impl AsRef<str>) -> Self {
        Self(CompactString::new(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in lower case, as far as its letters are ASCII's.
    pub fn to_lower(&self) -> Self {
        let mut name = self.0.clone();
        name.make_ascii_lowercase();
        Self(name)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Ident {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// A name with an optional schema (on MySQL: database) before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectName {
    /// The schema, when the text names one.
    pub schema: Option<Ident>,
    /// The object.
    pub name: Ident,
}

impl ObjectName {
    /// A name without a schema.
    pub fn new(name: impl AsRef<str>) -> Self {
        Self {
            schema: None,
            name: Ident::new(name),
        }
    }

    /// Whether another is the same name, told from its length and its end first: of thousands that are
    /// asked, most begin alike.
    pub fn same(&self) -> impl Fn(&Self) -> bool {
        let asked = self.name.0.as_bytes();
        move |other| {
            let name = other.name.0.as_bytes();
            name.len() == asked.len() && name.last() == asked.last() && other == self
        }
    }

    /// The same schema with another name in it.
    pub fn sibling(&self, name: Ident) -> Self {
        Self {
            schema: self.schema.clone(),
            name,
        }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => write!(f, "{}", self.name),
        }
    }
}

/// Names of objects, to be looked up. Engines that ignore the case of letters are met half-way.
#[derive(Debug)]
pub struct NameSet {
    tells_case_apart: bool,
    names: HashSet<ObjectName>,
}

impl NameSet {
    /// Takes names in; `tells_case_apart` says whether case alone makes two of them.
    pub fn new<'n>(
        names: impl IntoIterator<Item = &'n ObjectName>,
        tells_case_apart: bool,
    ) -> Self {
        let mut set = Self {
            tells_case_apart,
            names: HashSet::new(),
        };
        set.names = names.into_iter().map(|name| set.key(name)).collect();
        set
    }

    /// Whether a name is in it.
    pub fn contains(&self, name: &ObjectName) -> bool {
        if self.tells_case_apart {
            return self.names.contains(name);
        }
        self.names.contains(&self.key(name))
    }

    fn key(&self, name: &ObjectName) -> ObjectName {
        let lower = |ident: &Ident| match self.tells_case_apart {
            true => ident.clone(),
            false => ident.to_lower(),
        };
        ObjectName {
            schema: name.schema.as_ref().map(lower),
            name: lower(&name.name),
        }
    }
}

/// SQL text of an expression, tokens joined by single blanks, the prefix already in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expression(String);

impl Expression {
    /// Wraps the text of an expression.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
