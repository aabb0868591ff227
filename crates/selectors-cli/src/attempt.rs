//! What every reader makes of one page, as a table for the person who writes a definition.

use std::fmt::Write;

use punchout::cart::{Cart, CartLine, Finding, LineField, Reader, Verdict};
use punchout::extract::{Candidate, Trust, best, candidates};
use punchout::money::Decimal;
use punchout::supplier::{Catalog, Definition};

use crate::english::sentence;
use crate::report::ReportError;
use crate::saved::Saved;
use crate::url::host_and_path;

/// What the readers make of a page.
#[derive(Clone, Debug)]
pub struct Attempt {
    title: String,
    url: String,
    candidates: Vec<Candidate>,
    chosen: Cart,
}

impl Attempt {
    /// Reads a page with every reader.
    ///
    /// # Errors
    ///
    /// When the address is none, or the page cannot be read at all.
    pub fn of(page: &Saved, catalog: &Catalog) -> Result<Self, ReportError> {
        page.read(catalog, |read, at| {
            let candidates = candidates(read, at, catalog);
            Self {
                title: read.title().to_owned(),
                url: page.url().to_owned(),
                chosen: best(&candidates),
                candidates,
            }
        })
    }

    /// One block for each reader, then what is made of them. `tried` is the definition that is being written.
    ///
    /// # Errors
    ///
    /// Never in practice: a text takes everything that is written.
    pub fn table(&self, tried: &Definition) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        writeln!(out, "{}\n{}", self.title, self.url)?;
        if !self
            .candidates
            .iter()
            .any(|candidate| candidate.cart.reader == tried.reader())
        {
            writeln!(out, "\n{}", self.why_not(tried))?;
        }
        for candidate in &self.candidates {
            let cart = &candidate.cart;
            let reader = String::from(cart.reader.clone());
            let known_by = known_by(candidate.trust);
            writeln!(out, "\n── {reader} ({known_by}): {}", verdict(cart))?;
            write_cart(&mut out, cart)?;
        }
        let reader = String::from(self.chosen.reader.clone());
        writeln!(out, "\n══ chosen: {reader}: {}", verdict(&self.chosen))?;
        let own = self
            .candidates
            .iter()
            .find(|candidate| candidate.cart.reader == self.chosen.reader);
        let is_new =
            |finding: &&Finding| own.is_none_or(|own| !own.cart.findings.contains(finding));
        write_findings(&mut out, self.chosen.findings.iter().filter(is_new))?;
        Ok(out)
    }

    /// Whether the cart that is chosen is proved, or the page is none.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.chosen.verdict != Verdict::Unreconciled
    }

    fn why_not(&self, tried: &Definition) -> String {
        let file = tried.file();
        let id = tried.id();
        match tried.reader() {
            Reader::Supplier(_) => {
                let (host, path) = host_and_path(&self.url).unwrap_or_default();
                format!(
                    "{id} was not asked: its hosts {:?} and paths {:?} do not name {host}{path}",
                    file.hosts, file.paths
                )
            }
            _ => {
                let any = file.detect.as_ref().map(|detect| detect.any.join(", "));
                format!(
                    "{id} was not asked: nothing on the page matches its [detect] any: {}",
                    any.unwrap_or_default()
                )
            }
        }
    }
}

fn known_by(trust: Trust) -> &'static str {
    match trust {
        Trust::Supplier => "a supplier's definition",
        Trust::Platform => "a platform's definition",
        Trust::Structured => "data in the page",
        Trust::Unseen => "a definition that nobody has seen to work",
        Trust::Generic => "knows no shop",
    }
}

fn verdict(cart: &Cart) -> String {
    let verdict = match cart.verdict {
        Verdict::Reconciled => "reconciled",
        Verdict::Explained => "explained",
        Verdict::Unreconciled => "unreconciled",
        Verdict::NotACart => "not a cart",
    };
    let currency = cart.currency.map(|currency| format!(", {currency}"));
    format!("{verdict}{}", currency.unwrap_or_default())
}

fn write_cart(out: &mut String, cart: &Cart) -> std::fmt::Result {
    if !cart.lines.is_empty() {
        writeln!(
            out,
            "   {:>3} {:>8} {:>12} {:>12}  {:<16} description",
            "#", "quantity", "unit price", "line total", "number"
        )?;
    }
    for (place, line) in cart.lines.iter().enumerate() {
        let price = line.unit_price.as_ref();
        let unit = price.map(|price| match price.basis == Decimal::ONE {
            true => price.amount.to_string(),
            false => format!("{}/{}", price.amount, price.basis),
        });
        writeln!(
            out,
            "   {:>3} {:>8} {:>12} {:>12}  {:<16} {}",
            place.saturating_add(1),
            line.quantity.to_string(),
            unit.unwrap_or_else(absent),
            line.line_total
                .map_or_else(absent, |total| total.to_string()),
            line.supplier_part_id.clone().unwrap_or_else(absent),
            line.description
        )?;
    }
    for row in &cart.rows {
        let kind = format!("{:?}", row.kind);
        let amount = row.amount.to_string();
        writeln!(out, "   {kind:<12} {amount:>25}  {}", row.label)?;
    }
    write_places(out, &cart.lines)?;
    write_findings(out, cart.findings.iter())
}

fn absent() -> String {
    "–".to_owned()
}

/// Where each field stands; once where all lines have it at the same place.
fn write_places(out: &mut String, lines: &[CartLine]) -> std::fmt::Result {
    let mut places: Vec<(LineField, &str, Vec<usize>)> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for (field, source) in &line.provenance {
            let same = |known: &&mut (LineField, &str, Vec<usize>)| {
                known.0 == *field && known.1 == source.locator
            };
            match places.iter_mut().find(same) {
                Some((_, _, numbers)) => numbers.push(number),
                None => places.push((*field, &source.locator, vec![number])),
            }
        }
    }
    places.sort_by_key(|(field, _, numbers)| (*field, numbers.first().copied()));
    for (field, locator, numbers) in places {
        let few = || {
            let numbers = numbers.iter().take(8);
            let numbers: Vec<String> = numbers.map(|n| n.saturating_add(1).to_string()).collect();
            format!("  (line {})", numbers.join(", "))
        };
        let only = if numbers.len() == lines.len() {
            String::new()
        } else {
            few()
        };
        writeln!(out, "   {:<22} at {locator}{only}", key(field))?;
    }
    Ok(())
}

/// The field's name in a definition.
pub(crate) fn key(field: LineField) -> String {
    let name = serde_json::to_value(field).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

fn write_findings<'f>(
    out: &mut String,
    findings: impl Iterator<Item = &'f Finding>,
) -> std::fmt::Result {
    for finding in findings {
        let code = serde_json::to_value(finding.code).unwrap_or_default();
        let line = finding
            .line
            .map(|line| format!("line {}: ", line.saturating_add(1)));
        let code = code.as_str().unwrap_or_default();
        writeln!(
            out,
            "   ! {}{code}: {}",
            line.unwrap_or_default(),
            sentence(&finding.says)
        )?;
    }
    Ok(())
}
