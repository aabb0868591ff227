//! A scenario as one shop computes it: exact amounts under the shop's own rules.

use punchout::money::TaxBasis;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::language::Language;
use crate::library::Library;
use crate::locale::Locale;
use crate::product::{Product, Rate, slug};
use crate::scenario::{Fineness, Ordered, Scenario};
use crate::shop::{Row, Shop};

/// A cart with all its amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// The sums.
    pub sums: Sums,
    /// Products that the page recommends.
    pub recommendations: Vec<Line>,
    /// Products that were saved for later.
    pub saved: Vec<Line>,
}

/// One line, or one product as if it were ordered once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The shop's internal number.
    pub id: u32,
    /// The supplier's number.
    pub sku: String,
    /// The GTIN.
    pub gtin: String,
    /// Who makes it.
    pub manufacturer: String,
    /// The maker's number.
    pub mpn: String,
    /// Its name.
    pub name: String,
    /// Its name as part of an address.
    pub slug: String,
    /// Its address as pages link it.
    pub url: String,
    /// What was chosen: name and value.
    pub options: Vec<(String, String)>,
    /// How many.
    pub quantity: Decimal,
    /// The price of `base_quantity` units.
    pub unit_price: Decimal,
    /// The struck price beside it.
    pub old_price: Option<Decimal>,
    /// How many units the price is for.
    pub base_quantity: Decimal,
    /// The amount of the line.
    pub line_total: Decimal,
    /// Who sells it on a marketplace.
    pub seller: Option<String>,
    /// The unit as printed.
    pub unit: String,
    rate: Rate,
}

/// The sums of a cart; reductions and charges are positive amounts here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Sum of the lines.
    pub subtotal: Decimal,
    /// Coupons and discounts, with their labels.
    pub discounts: Vec<(String, Decimal)>,
    /// Delivery.
    pub shipping: Option<Decimal>,
    /// Fees.
    pub fees: Vec<Decimal>,
    /// Taxes on top of the subtotal, by rate.
    pub taxes: Vec<Tax>,
    /// Taxes contained in the grand total, by rate.
    pub included_taxes: Vec<Tax>,
    /// What is to be paid.
    pub grand_total: Decimal,
}

/// A tax at one rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// In per cent.
    pub rate: Decimal,
    /// The amount.
    pub amount: Decimal,
}

/// Computes a scenario as a shop does in one locale.
///
/// # Errors
///
/// The key of a product that the library does not have.
pub fn basket(
    library: &Library,
    shop: &Shop,
    scenario: &Scenario,
    locale: &Locale,
) -> Result<Basket, String> {
    let language = library
        .language(&locale.language)
        .ok_or_else(|| locale.language.clone())?;
    let counter = Counter {
        library,
        shop,
        scenario,
        locale,
        language,
    };
    let each = |keys: &[String]| -> Result<Vec<Line>, String> {
        keys.iter().map(|key| counter.line(&once(key))).collect()
    };
    let lines: Result<Vec<Line>, String> = scenario
        .lines
        .iter()
        .map(|line| counter.line(line))
        .collect();
    let lines = lines?;
    Ok(Basket {
        sums: counter.sums(&lines),
        lines,
        recommendations: each(&scenario.recommendations)?,
        saved: each(&scenario.saved)?,
    })
}

fn once(key: &str) -> Ordered {
    Ordered {
        product: key.to_owned(),
        quantity: Decimal::ONE,
        was_more: None,
        options: Vec::new(),
    }
}

struct Counter<'c> {
    library: &'c Library,
    shop: &'c Shop,
    scenario: &'c Scenario,
    locale: &'c Locale,
    language: &'c Language,
}

impl Counter<'_> {
    fn rounded(&self, amount: Decimal) -> Decimal {
        let decimals = self.locale.decimals();
        let mut rounded =
            amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(decimals);
        rounded
    }

    /// A product's price in the locale's currency, as fine as the product and the scenario want it.
    fn price(&self, product: &Product) -> Decimal {
        let price = product.price * self.locale.per_euro();
        let finer = product.price.scale() > 2 && self.locale.decimals() > 0;
        match self.scenario.prices {
            Fineness::Whole => self.rounded(price.round()),
            Fineness::Cents if finer => price,
            Fineness::Cents => self.rounded(price),
        }
    }

    fn line(&self, ordered: &Ordered) -> Result<Line, String> {
        let product = self
            .library
            .product(&ordered.product)
            .ok_or_else(|| ordered.product.clone())?;
        let price = self.price(product);
        let name = product.name_in(self.language);
        let fill = |pattern: &str| self.fill(pattern, product, &name);
        let more = |percent: Decimal| {
            self.rounded(price * (Decimal::ONE_HUNDRED + percent) / Decimal::ONE_HUNDRED)
        };
        let word = |key: &str| self.language.option(key).to_owned();
        let options = ordered.options.iter();
        Ok(Line {
            id: product.id,
            sku: fill(&self.shop.sku),
            gtin: product.gtin(),
            manufacturer: product.manufacturer.clone(),
            mpn: product.mpn.clone(),
            slug: slug(&name),
            url: fill(&self.shop.product_url),
            options: options
                .map(|chosen| (word(&chosen.name), word(&chosen.value)))
                .collect(),
            quantity: ordered.quantity,
            unit_price: price,
            old_price: ordered.was_more.map(more),
            base_quantity: product.base_quantity,
            line_total: self.rounded(price * ordered.quantity / product.base_quantity),
            seller: product.seller.clone(),
            unit: self.language.word("piece").to_owned(),
            rate: product.rate,
            name,
        })
    }

    fn fill(&self, pattern: &str, product: &Product, name: &str) -> String {
        pattern
            .replace("{id}", &product.id.to_string())
            .replace("{sku}", &product.sku)
            .replace("{gtin}", &product.gtin())
            .replace("{slug}", &slug(name))
    }

    fn sums(&self, lines: &[Line]) -> Sums {
        let gross: Decimal = lines.iter().map(|line| line.line_total).sum();
        let subtotal = match (self.shop.prices, self.shop.subtotal_basis()) {
            (TaxBasis::Gross, TaxBasis::Net) => gross - total(&self.contained(&self.bases(lines))),
            _ => gross,
        };
        let discounts = self.discounts(subtotal);
        let shipping = self.scenario.shipping.map(|amount| self.charge(amount));
        let fees: Vec<Decimal> = self
            .scenario
            .fees
            .iter()
            .map(|fee| self.charge(*fee))
            .collect();
        let reduced: Decimal = discounts.iter().map(|(_, amount)| *amount).sum();
        let charges = shipping.unwrap_or_default() + fees.iter().sum::<Decimal>();
        let (taxes, included_taxes) = self.taxes(lines, charges - reduced);
        Sums {
            grand_total: subtotal - reduced + charges + total(&taxes),
            subtotal,
            discounts,
            shipping,
            fees,
            taxes,
            included_taxes,
        }
    }

    /// Taxes on top, and taxes contained; what is beside the lines is taxed at the standard rate.
    fn taxes(&self, lines: &[Line], beside: Decimal) -> (Vec<Tax>, Vec<Tax>) {
        if !self.shop.prints(Row::Tax) {
            return (Vec::new(), Vec::new());
        }
        let mut bases = self.bases(lines);
        let added = |bases: &[(Decimal, Decimal)]| {
            let tax = |(rate, base): &(Decimal, Decimal)| Tax {
                rate: *rate,
                amount: self.rounded(base * rate / Decimal::ONE_HUNDRED),
            };
            bases.iter().map(tax).collect()
        };
        match (self.shop.prices, self.shop.subtotal_basis()) {
            (TaxBasis::Gross, TaxBasis::Net) => {
                let mut taxes = self.contained(&bases);
                if let Some(first) = taxes.first_mut() {
                    first.amount += self.rounded(beside * first.rate / Decimal::ONE_HUNDRED);
                }
                (taxes, Vec::new())
            }
            (TaxBasis::Gross, _) => {
                add(&mut bases, beside);
                (Vec::new(), self.contained(&bases))
            }
            _ => {
                add(&mut bases, beside);
                (added(&bases), Vec::new())
            }
        }
    }

    /// The sums of the lines by rate, the standard rate first and always there.
    fn bases(&self, lines: &[Line]) -> Vec<(Decimal, Decimal)> {
        let (standard, reduced) = self.locale.tax_rates();
        let at = |rate: Rate| {
            let lines = lines.iter().filter(|line| line.rate == rate);
            lines.map(|line| line.line_total).sum::<Decimal>()
        };
        let mut bases = vec![(standard, at(Rate::Standard))];
        if lines.iter().any(|line| line.rate == Rate::Reduced) {
            bases.push((reduced, at(Rate::Reduced)));
        }
        bases
    }

    fn contained(&self, bases: &[(Decimal, Decimal)]) -> Vec<Tax> {
        let tax = |(rate, base): &(Decimal, Decimal)| Tax {
            rate: *rate,
            amount: self.rounded(base * rate / (Decimal::ONE_HUNDRED + rate)),
        };
        bases.iter().map(tax).collect()
    }

    fn discounts(&self, subtotal: Decimal) -> Vec<(String, Decimal)> {
        let reduction = |reduction: &crate::scenario::Reduction| {
            let share = reduction.percent.unwrap_or_default() * subtotal / Decimal::ONE_HUNDRED;
            let fixed = self.charge(reduction.amount.unwrap_or_default());
            let label = format!("{} ({})", self.language.word("discount"), reduction.code);
            (label, self.rounded(share + fixed))
        };
        self.scenario.discounts.iter().map(reduction).collect()
    }

    fn charge(&self, amount: Decimal) -> Decimal {
        self.rounded(amount * self.locale.per_euro())
    }
}

fn add(bases: &mut [(Decimal, Decimal)], beside: Decimal) {
    if let Some((_, base)) = bases.first_mut() {
        *base += beside;
    }
}

/// The sum of taxes.
#[must_use]
pub fn total(taxes: &[Tax]) -> Decimal {
    taxes.iter().map(|tax| tax.amount).sum()
}
