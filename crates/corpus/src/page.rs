//! A page: a shop's template filled with a basket.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use rust_decimal::Decimal;

use crate::basket::{Basket, Line, Sums, Tax, basket, total};
use crate::language::Language;
use crate::library::{Edition, Library};
use crate::locale::Locale;

/// Why a page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A product or language that a scenario or shop names is not there.
    #[error("the library has no `{0}`: add it to corpus/products.toml or corpus/languages")]
    Missing(String),
    /// The shop has no such language.
    #[error("{shop} has no language {tag}: its shop.toml lists those that it has")]
    NoLanguage {
        /// The shop.
        shop: String,
        /// The locale tag.
        tag: String,
    },
    /// The template is wrong.
    #[error("{shop}/{template}: {}", error_chain(.error))]
    Template {
        /// The shop.
        shop: String,
        /// The file.
        template: String,
        /// Why, with its line.
        error: Error,
    },
}

fn error_chain(error: &Error) -> String {
    let mut text = format!("{error:#}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}; {cause}");
        source = cause.source();
    }
    text
}

/// The basket of an edition, and its locale.
///
/// # Errors
///
/// When the shop has no such language, or a product is not there.
pub fn basket_of(library: &Library, edition: Edition<'_>) -> Result<(Basket, Locale), PageError> {
    let Edition {
        shop,
        scenario,
        tag,
    } = edition;
    let currency = shop.currency_of(tag).ok_or_else(|| PageError::NoLanguage {
        shop: shop.id.clone(),
        tag: tag.to_owned(),
    })?;
    let locale = Locale::new(tag, currency);
    let basket = basket(library, shop, scenario, &locale).map_err(PageError::Missing)?;
    Ok((basket, locale))
}

/// Renders one of a shop's templates: `cart`, `product` …
///
/// # Errors
///
/// When the template is absent or wrong; with its line.
pub fn render(library: &Library, edition: Edition<'_>, name: &str) -> Result<String, PageError> {
    let (basket, locale) = basket_of(library, edition)?;
    let language = library
        .language(&locale.language)
        .ok_or_else(|| PageError::Missing(locale.language.clone()))?;
    let template = format!("{name}.html");
    let wrong = |error| PageError::Template {
        shop: edition.shop.id.clone(),
        template: template.clone(),
        error,
    };
    let values = context! {
        lang => locale.tag.clone(),
        language => locale.language.clone(),
        region => locale.region.clone(),
        currency => locale.currency.clone(),
        t => Value::from_pairs(language.words.clone()),
        shop => context! { name => edition.shop.name.clone(), url => edition.shop.url.clone(), id => edition.shop.id.clone() },
        scenario => edition.scenario.name.clone(),
        lines => lines(&basket.lines),
        totals => totals(&basket.sums, &locale, language),
        recommendations => lines(&basket.recommendations),
        saved => lines(&basket.saved),
    };
    let environment = environment(library, &locale).map_err(wrong)?;
    environment
        .get_template(&format!("{}/{template}", edition.shop.id))
        .and_then(|template| template.render(values))
        .map_err(wrong)
}

fn environment(library: &Library, locale: &Locale) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_loader(minijinja::path_loader(library.root.join("shops")));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    environment.set_syntax(syntax.build()?);
    add(&mut environment, "money", locale, Locale::money);
    add(&mut environment, "money_short", locale, Locale::money_short);
    add(&mut environment, "amount", locale, Locale::amount);
    add(&mut environment, "quantity", locale, Locale::quantity);
    add(&mut environment, "rate", locale, Locale::rate);
    add(&mut environment, "decimal", locale, |_, amount| {
        amount.to_string()
    });
    add(&mut environment, "negative", locale, |locale, amount| {
        locale.money(-amount.abs())
    });
    add(&mut environment, "cents", locale, |locale, amount| {
        let mut shifted = amount * Decimal::from(10_u32.pow(locale.decimals()));
        shifted.rescale(0);
        shifted.to_string()
    });
    Ok(environment)
}

/// A filter that prints a decimal.
fn add(
    environment: &mut Environment<'static>,
    name: &'static str,
    locale: &Locale,
    print: fn(&Locale, Decimal) -> String,
) {
    let locale = locale.clone();
    environment.add_filter(name, move |value: Value| {
        let amount: Result<Decimal, _> = value.to_string().parse();
        let words =
            |_| format!("`{name}` prints amounts, and `{value}` is none: is an `if` missing?");
        amount
            .map(|amount| print(&locale, amount))
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, words(error)))
    });
}

fn lines(lines: &[Line]) -> Value {
    let numbered = lines.iter().enumerate();
    Value::from_iter(numbered.map(|(index, line)| self::line(index, line)))
}

fn line(index: usize, line: &Line) -> Value {
    let option = |(name, value): &(String, String)| context! { name => name.clone(), value => value.clone() };
    context! {
        index => index,
        id => line.id,
        sku => line.sku.clone(),
        gtin => line.gtin.clone(),
        manufacturer => line.manufacturer.clone(),
        mpn => line.mpn.clone(),
        name => line.name.clone(),
        slug => line.slug.clone(),
        url => line.url.clone(),
        options => Value::from_iter(line.options.iter().map(option)),
        quantity => line.quantity.to_string(),
        unit_price => line.unit_price.to_string(),
        price => line.unit_price.to_string(),
        old_price => line.old_price.map(|price| price.to_string()),
        line_total => line.line_total.to_string(),
        seller => line.seller.clone(),
        unit => line.unit.clone(),
        base_quantity => line.base_quantity.to_string(),
    }
}

fn totals(sums: &Sums, locale: &Locale, language: &Language) -> Value {
    let labelled =
        |label: &str, amount: Decimal| context! { label => label, amount => amount.to_string() };
    let tax = |key: &str, tax: &Tax| {
        context! {
            label => format!("{} {}", language.word(key), locale.rate(tax.rate)),
            rate => tax.rate.normalize().to_string(),
            amount => tax.amount.to_string(),
        }
    };
    let discounts = sums.discounts.iter();
    let included = match sums.included_taxes.as_slice() {
        [] => None,
        [only] => Some(tax("included_tax", only)),
        several => Some(labelled(language.word("included_tax"), total(several))),
    };
    let fees = sums.fees.iter();
    let each = |taxes: &[Tax], key: &str| {
        Value::from_iter(taxes.iter().map(|it| tax(key, it)).collect::<Vec<_>>())
    };
    context! {
        subtotal => sums.subtotal.to_string(),
        discounts => Value::from_iter(discounts.map(|(label, amount)| labelled(label, *amount)).collect::<Vec<_>>()),
        shipping => sums.shipping.map(|amount| labelled(language.word("shipping"), amount)),
        fees => Value::from_iter(fees.map(|amount| labelled(language.word("fee"), *amount)).collect::<Vec<_>>()),
        taxes => each(&sums.taxes, "tax"),
        included_tax => included,
        included_taxes => each(&sums.included_taxes, "included_tax"),
        grand_total => sums.grand_total.to_string(),
    }
}
