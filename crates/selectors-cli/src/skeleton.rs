//! The beginning of a definition, with what a page tells by itself.

mod places;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use punchout::cart::{Cart, LineField, Reader};
use punchout::extract::candidates;
use punchout::supplier::{Catalog, Kind};
use scraper::{ElementRef, Html};

use crate::attempt::key;
use crate::outline::{select, short, text_of};
use crate::report::ReportError;
use crate::saved::Saved;
use crate::url::{NotAnAddress, host_and_path};

use places::{Wanting, common, row, total_row};

/// What a new definition is for.
#[derive(Clone, Debug)]
pub struct Wanted<'w> {
    /// The id, which is the folder's name.
    pub id: &'w str,
    /// What is described.
    pub kind: Kind,
    /// The cart's address.
    pub url: &'w str,
    /// Today, as `2026-11-22`.
    pub today: String,
}

/// Why no definition was made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The folder is there.
    #[error("{0} is there already, and nothing in it was changed: edit it, or choose another id")]
    Exists(String),
    /// The id cannot be a folder's name.
    #[error("`{0}` is no id: small letters, digits and hyphens only")]
    Id(String),
    /// The address is none.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// The page cannot be read.
    #[error(transparent)]
    Page(#[from] ReportError),
    /// It cannot be written.
    #[error("{path}: {error}")]
    Unwritten {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// Never in practice: a text takes everything that is written.
    #[error(transparent)]
    Text(#[from] std::fmt::Error),
}

/// Makes the folder of a definition below `root` and says the file to edit. Nothing is ever overwritten.
///
/// # Errors
///
/// When the id is none or taken, or the page cannot be read.
pub fn make(
    root: &Path,
    wanted: &Wanted<'_>,
    page: Option<&Saved>,
    catalog: &Catalog,
) -> Result<PathBuf, NotMade> {
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if wanted.id.is_empty() || !wanted.id.chars().all(is_id) {
        return Err(NotMade::Id(wanted.id.to_owned()));
    }
    let folder = root.join(wanted.id);
    if folder.exists() {
        return Err(NotMade::Exists(folder.display().to_string()));
    }
    let seen = page.map(|page| Seen::of(page, catalog)).transpose()?;
    let text = text(wanted, seen.as_ref())?;
    let file = folder.join("supplier.toml");
    let unwritten = |error| NotMade::Unwritten {
        path: file.display().to_string(),
        error,
    };
    fs::create_dir_all(folder.join("fixtures")).map_err(unwritten)?;
    fs::write(&file, text).map_err(unwritten)?;
    Ok(file)
}

/// What a page tells by itself.
struct Seen {
    title: String,
    document: Html,
    cart: Option<Cart>,
}

impl Seen {
    fn of(page: &Saved, catalog: &Catalog) -> Result<Self, ReportError> {
        let (title, cart) = page.read(catalog, |read, at| {
            let carts = candidates(read, at, catalog).into_iter();
            let mut carts = carts.map(|candidate| candidate.cart);
            let generic = carts.find(|cart| cart.reader == Reader::Generic);
            (read.title().to_owned(), generic)
        })?;
        let markup = match page {
            Saved::Html(page) => page.html.as_str(),
            Saved::Snapshot(saved) => match &saved.snapshot.tree {
                Some(tree) => tree.markup.as_str(),
                None => "",
            },
        };
        let document = Html::parse_document(markup);
        Ok(Self {
            title,
            document,
            cart,
        })
    }
}

fn text(wanted: &Wanted<'_>, seen: Option<&Seen>) -> Result<String, NotMade> {
    let mut out = String::new();
    write_head(&mut out, wanted, seen)?;
    if wanted.kind == Kind::Platform {
        let software = seen.and_then(generator);
        let software = software.unwrap_or_else(|| "body.name-of-the-software".to_owned());
        writeln!(
            out,
            "\n[detect]\n# One of these tells the software. It must match on no other software's pages.\nany = [{}]",
            quoted(&software)
        )?;
    }
    match seen.and_then(|seen| Some((seen, seen.cart.as_ref()?))) {
        Some((seen, cart)) if !cart.lines.is_empty() => {
            write_lines(&mut out, seen, cart)?;
            write_totals(&mut out, seen, cart)?;
        }
        _ => out.push_str(BLANK),
    }
    Ok(out)
}

fn write_head(out: &mut String, wanted: &Wanted<'_>, seen: Option<&Seen>) -> Result<(), NotMade> {
    let (host, path) = host_and_path(wanted.url)?;
    let title = seen.map(|seen| seen.title.as_str()).unwrap_or_default();
    let name = title.rsplit(['–', '|', '—']).next().unwrap_or_default();
    let name = if name.trim().is_empty() { &host } else { name };
    writeln!(out, "#:schema ../schema/supplier.schema.json")?;
    writeln!(out, "format = 1\nid = {}", quoted(wanted.id))?;
    writeln!(out, "name = {}  # as people know it", quoted(name.trim()))?;
    match wanted.kind {
        Kind::Supplier => {
            writeln!(out, "kind = \"supplier\"\nhosts = [{}]", quoted(&host))?;
            let path = quoted(&path);
            writeln!(out, "paths = [{path}]  # `*` stands for any characters")?;
        }
        Kind::Platform => writeln!(out, "kind = \"platform\"")?,
    }
    writeln!(
        out,
        "\n[verified]\nstate = \"unseen\"  # \"fixture\" once fixtures prove it, \"live\" once you compared a live cart"
    )?;
    writeln!(out, "on = {}", quoted(&wanted.today))?;
    let evidence = format!("Begun from a page of {host}; not compared yet.");
    writeln!(out, "evidence = {}", quoted(&evidence))?;
    Ok(())
}

/// Lines and totals where no page tells them.
const BLANK: &str = r#"
[lines]
# No cart was recognised on a page. Write selectors in place of these.
each = "table.cart tr.line"

[lines.fields]
description = [{ select = ".name" }]
quantity = [{ select = "input.quantity", take = "value" }]
unit_price = [{ select = ".price" }]
line_total = [{ select = ".total" }]

[[totals]]
# Every row of the totals; the words of all languages tell what each is.
each = ".totals tr"
label = [{ select = "th" }]
amount = [{ select = "td" }]
"#;

fn write_lines(out: &mut String, seen: &Seen, cart: &Cart) -> std::fmt::Result {
    let count = cart.lines.len();
    let place = |field| common(cart, field);
    let row = place(LineField::Description)
        .zip(place(LineField::Quantity))
        .and_then(|(description, quantity)| row(&seen.document, &description, &quantity));
    writeln!(
        out,
        "\n# What the generic reader used on the page: {count} lines. Prefer data attributes, ids and names of classes."
    )?;
    match &row {
        Some(row) => writeln!(out, "[lines]\neach = {}", quoted(&row.each))?,
        None => writeln!(
            out,
            "[lines]\n# The element of each line was not found: write its selector.\neach = \"table.cart tr.line\""
        )?,
    }
    writeln!(out, "\n[lines.fields]")?;
    let fields = [
        LineField::Description,
        LineField::SupplierPartId,
        LineField::ManufacturerPartId,
        LineField::Quantity,
        LineField::UnitPrice,
        LineField::LineTotal,
        LineField::Url,
    ];
    for field in fields {
        if let Some(place) = place(field) {
            let own = row.as_ref().map_or_else(
                || place.clone(),
                |row| row.place(&place, &wanting(cart, field)),
            );
            let taken = taken(seen, field, &own, cart);
            writeln!(out, "{} = [{{ {taken} }}]", key(field))?;
        }
    }
    Ok(())
}

/// Where several elements are alike: texts are told by what was read, a line's total stands after its price.
fn wanting(cart: &Cart, field: LineField) -> Wanting<'_> {
    let first = cart.lines.first();
    let text = match field {
        LineField::Description => first.map(|line| line.description.as_str()),
        LineField::SupplierPartId => first.and_then(|line| line.supplier_part_id.as_deref()),
        LineField::ManufacturerPartId => {
            first.and_then(|line| line.manufacturer_part_id.as_deref())
        }
        _ => None,
    };
    let has_both = first.is_some_and(|line| line.unit_price.is_some());
    match text {
        Some(text) => Wanting::Text(text),
        None if field == LineField::LineTotal && has_both => Wanting::Nth(1),
        None => Wanting::Nth(0),
    }
}

/// What is taken at a place: the value of a control, an attribute, or the text.
fn taken(seen: &Seen, field: LineField, place: &str, cart: &Cart) -> String {
    let last = place.rsplit(" > ").next().unwrap_or_default();
    let select_it = format!("select = {}", quoted(place));
    let is_control = ["input", "select", "textarea"]
        .iter()
        .any(|name| last.split(['.', '#']).next() == Some(name));
    if field == LineField::Quantity && is_control {
        return format!("{select_it}, take = \"value\"");
    }
    if field == LineField::Url {
        return format!("{select_it}, attr = \"href\"");
    }
    let first = cart.lines.first();
    let value = match field {
        LineField::SupplierPartId => first.and_then(|line| line.supplier_part_id.as_deref()),
        LineField::ManufacturerPartId => {
            first.and_then(|line| line.manufacturer_part_id.as_deref())
        }
        _ => None,
    };
    let Some(value) = value else {
        return select_it;
    };
    let found = select(&seen.document, place);
    if found.iter().any(|element| text_of(*element) == value) {
        return select_it;
    }
    let mut attributes = found.iter().flat_map(|element| element.value().attrs());
    match attributes.find(|(_, own)| *own == value) {
        Some((name, _)) => format!("{select_it}, attr = {}", quoted(name)),
        None => format!("{select_it}, label = \"common\""),
    }
}

fn write_totals(out: &mut String, seen: &Seen, cart: &Cart) -> std::fmt::Result {
    let mut written: Vec<String> = Vec::new();
    for total in &cart.rows {
        let Some((label, row)) = total_row(&seen.document, &total.label) else {
            writeln!(
                out,
                "\n# The row `{}` was not found: name it in [[totals]].",
                total.label
            )?;
            continue;
        };
        let amount = row
            .descendent_elements()
            .skip(1)
            .filter(|part| text_of(*part).chars().any(|c| c.is_ascii_digit()))
            .find(|part| !part.descendent_elements().any(|own| own.id() == label.id()));
        let around = row.parent().and_then(ElementRef::wrap);
        let around = around.and_then(|around| around.parent().and_then(ElementRef::wrap));
        let around = around.map(|around| format!("{} ", short(around)));
        let each = match short(row) {
            named if named.contains(['.', '#']) => named,
            bare => format!("{}{bare}:has({})", around.unwrap_or_default(), short(label)),
        };
        if written.contains(&each) {
            continue;
        }
        let amount = amount.map_or_else(String::new, |part| {
            format!("select = {}", quoted(&short(part)))
        });
        writeln!(
            out,
            "\n[[totals]]\n# “{}”; the words of all languages tell what a row is.\neach = {}\nlabel = [{{ select = {} }}]\namount = [{{ {amount} }}]",
            total.label,
            quoted(&each),
            quoted(&short(label)),
        )?;
        written.push(each);
    }
    Ok(())
}

/// What a page says of the software that made it.
fn generator(seen: &Seen) -> Option<String> {
    let found = select(&seen.document, "meta[name=generator][content]");
    let content = found.first()?.attr("content")?;
    let word = content.split_whitespace().next()?;
    Some(format!("meta[name=generator][content^='{word}']"))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
