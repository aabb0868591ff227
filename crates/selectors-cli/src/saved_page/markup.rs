//! A parsed page as the shim would have written it.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use punchout::snapshot::{Frame, Shadow, TreeText};
use scraper::{ElementRef, Html, Node};

use super::invisible::Invisible;

/// As in the snapshot's format: what is inside these has no number and stays behind.
const BODILESS: [&str; 5] = ["script", "style", "svg", "noscript", "template"];

/// Shadow roots and frames inside each other; deeper ones are left out.
const NESTING: usize = 8;

/// Writes an element and everything below it.
pub(super) fn write(root: ElementRef<'_>, invisible: &Invisible, nesting: usize) -> TreeText {
    let mut writer = Writer {
        invisible,
        tree: TreeText::default(),
        numbered: 0,
        nesting,
    };
    writer.subtree(root.traverse());
    writer.finish()
}

struct Writer<'i> {
    invisible: &'i Invisible,
    tree: TreeText,
    numbered: u32,
    nesting: usize,
}

/// What is being passed over until its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skip {
    Nothing,
    /// The body of an element whose tags are written.
    Body(NodeId),
    /// A template that is the shadow root of its parent, as saved pages write it.
    ShadowTemplate(NodeId),
}

impl Writer<'_> {
    fn finish(mut self) -> TreeText {
        self.tree.elements = usize::try_from(self.numbered).ok();
        self.tree
    }

    fn subtree<'d>(&mut self, edges: impl Iterator<Item = Edge<'d, Node>>) {
        let mut skip = Skip::Nothing;
        for edge in edges {
            skip = match (edge, skip) {
                (Edge::Close(node), Skip::ShadowTemplate(skipped)) if node.id() == skipped => {
                    Skip::Nothing
                }
                (Edge::Close(node), Skip::Body(skipped)) if node.id() == skipped => {
                    self.close(node.value());
                    Skip::Nothing
                }
                (Edge::Open(node), Skip::Nothing) => match ElementRef::wrap(node) {
                    Some(element) => self.open(element),
                    None => self.text(node.value()),
                },
                (Edge::Close(node), Skip::Nothing) => {
                    self.close(node.value());
                    skip
                }
                _ => skip,
            };
        }
    }

    /// Writes a start tag and says what of the element is to be passed over.
    fn open(&mut self, element: ElementRef<'_>) -> Skip {
        if is_shadow_template(element) && self.shadow(element) {
            return Skip::ShadowTemplate(element.id());
        }
        self.note(element);
        self.start_tag(element);
        if element.attr("srcdoc").is_some() {
            self.frame(element);
        }
        if !BODILESS.contains(&element.value().name()) {
            return Skip::Nothing;
        }
        if element.has_children() {
            self.tree.markup.push(' ');
        }
        Skip::Body(element.id())
    }

    /// Numbers an element and notes how it looks.
    fn note(&mut self, element: ElementRef<'_>) {
        let number = self.numbered;
        self.numbered = self.numbered.saturating_add(1);
        if self.invisible.hides(element) {
            self.tree.live.hidden.push(number);
        }
        if self.invisible.strikes(element) {
            self.tree.live.struck.push(number);
        }
    }

    fn start_tag(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let markup = &mut self.tree.markup;
        markup.push('<');
        markup.push_str(value.name());
        let outer = element
            .parent()
            .and_then(ElementRef::wrap)
            .map(|parent| &parent.value().name.ns);
        if outer != Some(&value.name.ns) || self.numbered == 1 {
            attribute("xmlns", &value.name.ns, markup);
        }
        for (name, content) in &value.attrs {
            match &name.prefix {
                Some(prefix) => attribute(&format!("{prefix}:{}", name.local), content, markup),
                None if &*name.local == "xmlns" => {}
                None => attribute(&name.local, content, markup),
            }
        }
        markup.push('>');
    }

    fn text(&mut self, node: &Node) -> Skip {
        if let Node::Text(text) = node {
            escape(text, &mut self.tree.markup);
        }
        Skip::Nothing
    }

    fn close(&mut self, node: &Node) {
        if let Node::Element(element) = node {
            self.tree.markup.push_str("</");
            self.tree.markup.push_str(element.name());
            self.tree.markup.push('>');
        }
    }

    /// Writes the shadow tree of the element written last but one; `false` where there is none to hang it on.
    fn shadow(&mut self, template: ElementRef<'_>) -> bool {
        let Some(host) = self.host_of(template) else {
            return false;
        };
        let mut inner = Writer {
            invisible: self.invisible,
            tree: TreeText::default(),
            numbered: 0,
            nesting: self.nesting + 1,
        };
        for content in template.children().flat_map(|fragment| fragment.children()) {
            inner.subtree(content.traverse());
        }
        let mode = template.attr("shadowrootmode").unwrap_or("open").to_owned();
        self.tree.shadows.push(Shadow {
            host,
            mode,
            tree: inner.finish(),
        });
        true
    }

    /// The number of a shadow template's parent. Such a template comes first, so its parent was numbered last.
    fn host_of(&self, template: ElementRef<'_>) -> Option<u32> {
        let is_first = template
            .prev_siblings()
            .all(|sibling| !sibling.value().is_element());
        if is_first && self.nesting < NESTING {
            self.numbered.checked_sub(1)
        } else {
            None
        }
    }

    fn frame(&mut self, element: ElementRef<'_>) {
        let Some(host) = self
            .numbered
            .checked_sub(1)
            .filter(|_| self.nesting < NESTING)
        else {
            return;
        };
        let document = Html::parse_document(element.attr("srcdoc").unwrap_or_default());
        let tree = write(
            document.root_element(),
            &Invisible::of(&document),
            self.nesting + 1,
        );
        self.tree.frames.push(Frame {
            host,
            url: "about:srcdoc".to_owned(),
            tree,
        });
    }
}

fn is_shadow_template(element: ElementRef<'_>) -> bool {
    element.value().name() == "template" && element.attr("shadowrootmode").is_some()
}

fn attribute(name: &str, value: &str, markup: &mut String) {
    markup.push(' ');
    markup.push_str(name);
    markup.push_str("=\"");
    escape(value, markup);
    markup.push('"');
}

fn escape(text: &str, markup: &mut String) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            other => markup.push(other),
        }
    }
}
