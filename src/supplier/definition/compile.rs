//! From the file as written to a definition, with every problem found on the way.

use crate::css::Selector;

use super::{Choice, Definition, DefinitionError, Field, Lines, Menu, RowKind, Take, Totals};
use crate::cart::{DERIVED, LineField};
use crate::letters::lower;
use crate::money::{Fraction, TaxBasis};
use crate::sorted::SortedMap;
use crate::supplier::error::Problem;
use crate::supplier::file::{
    ChosenFile, Derive, FieldFile, FractionFile, Kind, MenuFile, SignFile, SupplierFile, TakeFile,
    TotalsFile, VisibilityFile,
};
use crate::supplier::{FORMAT, Vocabulary};

/// The wasm reads what `selectors catalog` has checked, and tells nobody how to write a definition: it finds the same
/// problems, but carries no words for them.
const EXPLAINS: bool = cfg!(not(target_arch = "wasm32"));

pub(super) fn compile(file: SupplierFile) -> Result<Definition, Vec<DefinitionError>> {
    let mut compiler = Compiler {
        id: file.id.clone(),
        errors: Vec::new(),
    };
    compiler.head(&file);
    let detect = file
        .detect
        .as_ref()
        .map(|detect| compiler.all("detect.any", &detect.any));
    let empty = compiler.all("cart.empty", &file.cart.empty);
    compiler.all("cart.roots", &file.cart.roots);
    let currency_code = compiler.fields("currency.code", &file.currency.code);
    let currency_menus = file
        .currency
        .menu
        .iter()
        .filter_map(|menu| compiler.menu(menu))
        .collect();
    let lines = compiler.lines(&file);
    let totals = file
        .totals
        .iter()
        .filter_map(|totals| compiler.totals(totals))
        .collect();
    match (lines, compiler.errors.is_empty()) {
        (Some(lines), true) => Ok(Definition {
            detect: detect.unwrap_or_default(),
            empty,
            numbers: file.cart.numbers,
            currency_code,
            currency_menus,
            lines,
            totals,
            file,
        }),
        _ => Err(compiler.errors),
    }
}

/// The selectors of one key alone.
pub(in crate::supplier) fn all(
    id: &str,
    key: &str,
    texts: &[String],
) -> Result<Vec<Selector>, DefinitionError> {
    let mut compiler = Compiler {
        id: id.to_owned(),
        errors: Vec::new(),
    };
    let selectors = compiler.all(key, texts);
    compiler
        .errors
        .into_iter()
        .next()
        .map_or(Ok(selectors), Err)
}

struct Compiler {
    id: String,
    errors: Vec<DefinitionError>,
}

impl Compiler {
    fn wrong(&mut self, key: &str, text: &str, problem: impl FnOnce() -> Problem) {
        self.errors.push(DefinitionError {
            id: self.id.clone(),
            key: key.to_owned(),
            text: text.to_owned(),
            problem: if EXPLAINS {
                problem()
            } else {
                Problem::new("it is wrong", "check the definition")
            },
        });
    }

    fn head(&mut self, file: &SupplierFile) {
        if file.format != FORMAT {
            self.wrong("format", "format", || {
                let what = format!("format {} is not known", file.format);
                Problem::new(what, format!("write `format = {FORMAT}`"))
            });
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if file.id.is_empty() || !file.id.chars().all(plain) {
            self.wrong("id", &file.id, || {
                let what = format!("`{}` is no id", file.id);
                Problem::new(what, "use small letters, digits and hyphens")
            });
        }
        if !is_day(&file.verified.on) {
            self.wrong("verified.on", &file.verified.on, || {
                let what = format!("`{}` is no day", file.verified.on);
                Problem::new(what, "write it as 2026-11-22")
            });
        }
        if file.verified.evidence.trim().is_empty() {
            self.wrong("verified.evidence", "evidence", || {
                let fix = "say in words what was seen, or that nothing was";
                Problem::new("no evidence", fix)
            });
        }
        self.kind(file);
        self.places(file);
    }

    fn kind(&mut self, file: &SupplierFile) {
        let detects = file
            .detect
            .as_ref()
            .is_some_and(|detect| !detect.any.is_empty());
        let nowhere = file.hosts.is_empty() || file.paths.is_empty();
        let somewhere = !file.hosts.is_empty() || !file.paths.is_empty();
        let (text, what, fix) = match file.kind {
            Kind::Supplier if nowhere => (
                "kind",
                "a supplier has hosts and paths",
                "add `hosts` and `paths`",
            ),
            Kind::Platform if somewhere => (
                "hosts",
                "a platform has no hosts",
                "remove `hosts` and `paths`",
            ),
            Kind::Platform if !detects => (
                "kind",
                "nothing tells the platform",
                "add `[detect]` with `any = [\"…\"]`",
            ),
            Kind::Supplier | Kind::Platform => return,
        };
        self.wrong("kind", text, || Problem::new(what, fix));
    }

    fn places(&mut self, file: &SupplierFile) {
        for host in file.hosts.iter().chain(file.currency.hosts.keys()) {
            let odd = host.contains(['/', ':']) || *host != host.to_ascii_lowercase();
            if odd || !host.contains('.') {
                self.wrong("hosts", host, || {
                    let what = format!("`{host}` is no host");
                    Problem::new(what, "write it as `www.example.com`")
                });
            }
        }
        for path in file.paths.iter().filter(|path| !path.starts_with('/')) {
            self.wrong("paths", path, || {
                Problem::new(format!("`{path}` is no path"), "begin it with `/`")
            });
        }
    }

    fn one(&mut self, key: &str, text: &str) -> Option<Selector> {
        match Selector::parse(text) {
            Ok(selector) => Some(selector),
            Err(error) => {
                self.wrong(key, text, || {
                    let reason = error.to_string();
                    let reason = reason.lines().last().unwrap_or_default();
                    let what = format!("`{text}` cannot be used as a selector ({reason})");
                    let fix = "write a CSS selector without pseudo-elements and states";
                    Problem::new(what, fix)
                });
                None
            }
        }
    }

    fn maybe(&mut self, key: &str, text: Option<&String>) -> Option<Selector> {
        text.and_then(|text| self.one(key, text))
    }

    fn all(&mut self, key: &str, texts: &[String]) -> Vec<Selector> {
        texts
            .iter()
            .filter_map(|text| self.one(key, text))
            .collect()
    }

    fn menu(&mut self, menu: &MenuFile) -> Option<Menu> {
        let current = self.one("currency.menu.current", &menu.current);
        let option = self.one("currency.menu.option", &menu.option);
        Some(Menu {
            current: current?,
            option: option?,
            code: menu.code.clone(),
        })
    }

    fn lines(&mut self, file: &SupplierFile) -> Option<Lines> {
        let lines = &file.lines;
        self.needed(file);
        let mut fields = SortedMap::new();
        for (field, places) in &lines.fields {
            fields.insert(*field, self.fields("lines.fields", places));
        }
        let each = self.one("lines.each", &lines.each);
        let outside = self.maybe("lines.outside", lines.outside.as_ref());
        let skip = self.all("lines.skip", &lines.skip);
        let skip_when_hidden =
            self.maybe("lines.skip_when_hidden", lines.skip_when_hidden.as_ref());
        let unavailable = self.all("lines.unavailable", &lines.unavailable);
        let net = self.all("lines.net", &lines.net);
        let gross = self.all("lines.gross", &lines.gross);
        Some(Lines {
            each: each?,
            outside,
            skip,
            skip_when_hidden,
            unavailable,
            net,
            gross,
            tax: lines.tax.map_or(TaxBasis::Unknown, TaxBasis::from),
            fields,
        })
    }

    fn needed(&mut self, file: &SupplierFile) {
        let has = |field: LineField| {
            file.lines
                .fields
                .get(&field)
                .is_some_and(|places| !places.is_empty())
        };
        let needed = [
            (has(LineField::Description), "description"),
            (has(LineField::Quantity), "quantity"),
            (
                has(LineField::UnitPrice) || has(LineField::LineTotal),
                "unit_price",
            ),
        ];
        for (_, name) in needed.iter().filter(|(there, _)| !there) {
            self.wrong("lines.fields", "[lines", || {
                let fix = format!("add `{name} = [{{ select = \"…\" }}]` under [lines.fields]");
                Problem::new(format!("no `{name}`"), fix)
            });
        }
    }

    fn fields(&mut self, key: &str, places: &[FieldFile]) -> Vec<Field> {
        places.iter().map(|place| self.field(key, place)).collect()
    }

    fn field(&mut self, key: &str, place: &FieldFile) -> Field {
        let sources = [
            place.attr.is_some(),
            place.take.is_some(),
            place.derive.is_some(),
        ];
        if sources.iter().filter(|source| **source).count() > 1 {
            self.wrong(key, place.select.as_deref().unwrap_or("derive"), || {
                let what = "more than one of `attr`, `take` and `derive`";
                Problem::new(what, "keep one of them")
            });
        }
        if place.label.is_some() && key != "lines.fields" {
            self.wrong(key, "label", || {
                Problem::new(
                    "common labels are those of the fields of a line",
                    "list the labels with `after`",
                )
            });
        }
        let take = take(place);
        Field {
            select: self.maybe(key, place.select.as_ref()),
            outside: self.maybe(key, place.outside.as_ref()),
            without: self.maybe(key, place.without.as_ref()),
            chosen: place
                .chosen
                .as_ref()
                .and_then(|chosen| self.choice(key, chosen)),
            locator: locator(place, &take),
            take,
            json: place.json.clone(),
            after: place.after.iter().map(|label| lower(label)).collect(),
            after_last: place.after_last.clone(),
            common: Vec::new(),
            label: place.label,
            numbers: place.numbers,
            fraction: match place.fraction {
                Some(FractionFile::Split) => Fraction::Split,
                None => Fraction::Signed,
            },
        }
    }

    fn choice(&mut self, key: &str, chosen: &ChosenFile) -> Option<Choice> {
        let option = self.one(key, &chosen.option);
        let control = self.one(key, &chosen.control);
        Some(Choice {
            option: option?,
            control: control?,
        })
    }

    fn totals(&mut self, totals: &TotalsFile) -> Option<Totals> {
        let kind = match (totals.kind, totals.words.is_empty()) {
            (Some(kind), true) => RowKind::Fixed(kind),
            (None, _) => RowKind::ByWords(Vocabulary::of(&totals.words)),
            (Some(_), false) => {
                self.wrong("totals", &totals.each, || {
                    let what = "both `kind` and `words` say what the rows are";
                    Problem::new(what, "keep one of them, or none for the common words")
                });
                return None;
            }
        };
        if matches!(kind, RowKind::ByWords(_)) && totals.label.is_empty() {
            self.wrong("totals.label", &totals.each, || {
                let what = "rows that are told apart by words, without a label";
                Problem::new(what, "add `label = [{ select = \"…\" }]`")
            });
        }
        let label = self.fields("totals.label", &totals.label);
        let amount = self.fields("totals.amount", &totals.amount);
        let each = self.one("totals.each", &totals.each);
        let reductions = totals.sign == Some(SignFile::Reduction);
        Some(Totals {
            each: each?,
            kind,
            label,
            amount,
            reductions,
            tax: totals.tax.map_or(TaxBasis::Unknown, TaxBasis::from),
            rate: self.fields("totals.rate", &totals.rate),
        })
    }
}

fn take(place: &FieldFile) -> Take {
    match (&place.attr, place.take, place.derive) {
        (Some(attr), _, _) => Take::Attribute(attr.clone()),
        (None, Some(TakeFile::Value), _) => Take::Value,
        (None, Some(TakeFile::OwnText), _) => Take::OwnText,
        (None, None, Some(derive)) => Take::Derived(derive),
        (None, None, None) if place.visibility == Some(VisibilityFile::Any) => Take::AllText,
        (None, None, None) => Take::VisibleText,
    }
}

fn locator(place: &FieldFile, take: &Take) -> String {
    let select = place.select.as_deref().unwrap_or(":scope");
    let pointer = place
        .json
        .as_ref()
        .map(|pointer| format!(" {pointer}"))
        .unwrap_or_default();
    match take {
        Take::VisibleText | Take::AllText => format!("{select}{pointer}"),
        Take::OwnText => format!("{select} own text{pointer}"),
        Take::Value => format!("{select} value{pointer}"),
        Take::Attribute(name) => format!("{select} @{name}{pointer}"),
        Take::Derived(Derive::QuantityTimesUnitPrice) => {
            format!("{DERIVED}quantity × unit price")
        }
        Take::Derived(Derive::LineTotalByQuantity) => format!("{DERIVED}line total ÷ quantity"),
    }
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize| {
        part.len() == length && part.chars().all(|c| c.is_ascii_digit())
    };
    matches!(parts.as_slice(), [year, month, day] if number(year, 4) && number(month, 2) && number(day, 2))
}
