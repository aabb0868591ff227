//! AL files and their syntax trees.

use tree_sitter::{Node, Parser, Tree};

use crate::finding::{Finding, Rule};

/// A file that was parsed; a file with errors has a tree too.
#[derive(Debug)]
pub struct Source {
    /// Relative to the app, with `/`.
    pub path: String,
    /// The whole file.
    pub text: String,
    tree: Tree,
}

/// The grammar does not fit the parser's version.
#[derive(Debug, thiserror::Error)]
#[error("the AL grammar cannot be used: {0}")]
pub struct GrammarError(String);

impl Source {
    /// Parses a file.
    ///
    /// # Errors
    /// [`GrammarError`] where parser and grammar do not fit: a matter of this crate's dependencies.
    pub fn parse(path: &str, text: &str) -> Result<Self, GrammarError> {
        let mut parser = Parser::new();
        parser
            .set_language(&tree_sitter_al::LANGUAGE.into())
            .map_err(|cause| GrammarError(cause.to_string()))?;
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let tree = parser
            .parse(&text, None)
            .ok_or_else(|| GrammarError("no tree".to_owned()))?;
        Ok(Self {
            path: path.to_owned(),
            text,
            tree,
        })
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        self.tree.root_node()
    }

    /// The text of a node.
    #[must_use]
    pub fn text_of(&self, node: Node<'_>) -> &str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The text of a node without the quotes of a quoted name.
    #[must_use]
    pub fn name_of(&self, node: Node<'_>) -> String {
        self.text_of(node).trim_matches('"').to_owned()
    }

    /// An objection to a node.
    #[must_use]
    pub fn finding(&self, node: Node<'_>, rule: Rule, message: String) -> Finding {
        Finding {
            path: self.path.clone(),
            line: node.start_position().row + 1,
            rule,
            message,
        }
    }
}

/// The named children of a node.
#[must_use]
pub fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}

/// A node and everything below it, in the order of the text.
#[must_use]
pub fn descendants(node: Node<'_>) -> Vec<Node<'_>> {
    let mut found = vec![node];
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        found.extend(descendants(child));
    }
    found
}

/// The nodes of a kind, in the order of the text.
pub fn of_kind<'t>(node: Node<'t>, kind: &'static str) -> impl Iterator<Item = Node<'t>> {
    descendants(node)
        .into_iter()
        .filter(move |node| node.is_named() && node.kind() == kind)
}

/// The nearest node above that is of one of the kinds.
#[must_use]
pub fn ancestor<'t>(node: Node<'t>, kinds: &[&str]) -> Option<Node<'t>> {
    let mut above = node.parent();
    while let Some(found) = above {
        if kinds.contains(&found.kind()) {
            return Some(found);
        }
        above = found.parent();
    }
    None
}

/// Whether a node is a plain or a quoted name.
#[must_use]
pub fn is_name(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "identifier" | "quoted_identifier" | "keyword_identifier"
    )
}

/// The value of a string literal: without its quotes, with doubled quotes made single.
#[must_use]
pub fn unquoted(literal: &str) -> String {
    let inner = literal.strip_prefix('\'').unwrap_or(literal);
    inner.strip_suffix('\'').unwrap_or(inner).replace("''", "'")
}
