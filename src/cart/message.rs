//! What a finding says: a key of the panel's words and what stands in them.
//!
//! The sentences stand in `extension/_locales/<language>/messages.json`, as `found_<key>`; none is written here.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Decimal};

/// A sentence or a part of one, in no language yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The [name](Key::name) of the sentence. Not a [`Key`]: to read one back would take a table in the wasm.
    pub key: Cow<'static, str>,
    /// What stands in it, in the order of its placeholders.
    pub values: Vec<Argument>,
}

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// An amount, a quantity or a count, with the digits that are to be shown.
    Number(Decimal),
    /// A text of the page, a name or a place; it is the same in every language.
    Text(String),
    /// A part with words of its own.
    Message(Message),
    /// Parts with commas between them.
    List(Vec<Argument>),
    /// Parts with plus signs between them.
    Sum(Vec<Argument>),
}

impl From<Key> for Message {
    fn from(key: Key) -> Self {
        key.with(Vec::new())
    }
}

impl From<Decimal> for Argument {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Number(Decimal::from(count))
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Currency> for Argument {
    fn from(code: Currency) -> Self {
        Self::Text(code.to_string())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Key> for Argument {
    fn from(key: Key) -> Self {
        Self::Message(key.into())
    }
}

/// The enum, and the table of its variants with the number of values that each takes.
macro_rules! keys {
    ($($name:ident $text:ident $count:literal,)*) => {
        /// The sentences, and their parts. The values of each are the placeholders of its words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "what each says stands in extension/_locales alone")]
        pub enum Key {
            $($name,)*
        }

        impl Key {
            /// Every key, and how many values it takes.
            pub const ALL: &[(Self, usize)] = &[$((Self::$name, $count),)*];

            /// The key in JSON, and after `found_` in the names of the words.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($text),)*
                }
            }
        }
    };
}

impl Key {
    /// The sentence with its values.
    #[must_use]
    pub fn with(self, values: Vec<Argument>) -> Message {
        debug_assert!(
            Self::ALL.contains(&(self, values.len())),
            "{self:?} does not take {} values",
            values.len()
        );
        Message {
            key: Cow::Borrowed(self.name()),
            values,
        }
    }
}

keys! {
    TotalUnknown total_unknown 2,
    PageRounds page_rounds 3,
    PageRoundsTooMuch page_rounds_too_much 3,
    TaxUnknown tax_unknown 0,
    PricesAreNet prices_are_net 0,
    PricesAreGross prices_are_gross 0,
    QuantitiesUnproved quantities_unproved 1,
    LineWithoutAmounts line_without_amounts 0,
    LineRounded line_rounded 2,
    LineLacksFee line_lacks_fee 4,
    LineDiffers line_differs 1,
    Product product 4,
    ProductBeforeDiscount product_before_discount 5,
    BeyondLimits beyond_limits 5,
    TheQuantity the_quantity 0,
    TheUnitPrice the_unit_price 0,
    ThePriceBasis the_price_basis 0,
    TheLineTotal the_line_total 0,
    TheDiscount the_discount 0,
    TheTotal the_total 1,
    DiscountInLines discount_in_lines 1,
    DiscountInSubtotal discount_in_subtotal 3,
    NotAdded not_added 1,
    NamedAmount named_amount 2,
    NoTotals no_totals 0,
    LostOrTax lost_or_tax 1,
    NoGrandTotal no_grand_total 1,
    LinesRounded lines_rounded 4,
    LinesDiffer lines_differ 3,
    NetLines net_lines 3,
    GrossLines gross_lines 2,
    GrossLinesWithFee gross_lines_with_fee 3,
    PartSubtotal part_subtotal 1,
    PartNamed part_named 2,
    PartTax part_tax 1,
    PartTaxOf part_tax_of 3,
    SubtotalDiffers subtotal_differs 4,
    TheTotals the_totals 0,
    TheLinesAndTotals the_lines_and_totals 0,
    SumIs sum_is 4,
    SumCoins sum_coins 2,
    SumRounded sum_rounded 2,
    SumOneWay sum_one_way 4,
    SumTwoWays sum_two_ways 6,
    TaxDiffers tax_differs 4,
    TaxRounded tax_rounded 2,
    TaxWrong tax_wrong 1,
    TaxOnPart tax_on_part 3,
    TaxImpossible tax_impossible 2,
    TaxUnproved tax_unproved 1,
    ReadersDiffer readers_differ 4,
    CurrencyFromReader currency_from_reader 2,
    AlsoShown also_shown 2,
    NoDescription no_description 0,
    DescriptionCut description_cut 0,
    DescriptionCleaned description_cleaned 0,
    DescriptionUnsure description_unsure 0,
    DescriptionsAlike descriptions_alike 0,
    TwoCarts two_carts 0,
    PointOrComma point_or_comma 0,
    SeveralCurrencies several_currencies 0,
    CurrencyContradicted currency_contradicted 3,
    CurrencyUnproved currency_unproved 1,
    CurrencySaidTwice currency_said_twice 5,
    CurrencySaid currency_said 3,
    OnlySign only_sign 1,
    NoSign no_sign 0,
    ByDefinition by_definition 1,
    ByMenu by_menu 0,
    ByMeta by_meta 1,
    ByLanguage by_language 1,
    ByHost by_host 1,
    TotalIs total_is 2,
    TooManyLines too_many_lines 2,
    EmptyCart empty_cart 0,
    PartUnread part_unread 2,
    PartOfOtherSite part_of_other_site 0,
    PartTooDeep part_too_deep 0,
    PartClosed part_closed 0,
    NumberAsDescription number_as_description 1,
    LineUnread line_unread 0,
    TextCut text_cut 1,
    TextCleaned text_cleaned 1,
    SeveralTexts several_texts 2,
    SeveralQuantities several_quantities 2,
    SeveralAmounts several_amounts 2,
    AtPlace at_place 2,
    Unavailable unavailable 0,
    UnavailableSaid unavailable_said 1,
    QuantityIs quantity_is 1,
    UnitPriceIs unit_price_is 1,
    LineTotalIs line_total_is 1,
    DiscountIs discount_is 1,
    GtinWrong gtin_wrong 2,
    TooManyOptions too_many_options 3,
    DefinitionUnusable definition_unusable 1,
    DataCurrencies data_currencies 1,
    DataNoCurrency data_no_currency 1,
    MayBeOlder may_be_older 2,
    AmountNotShown amount_not_shown 1,
    TotalNotHeld total_not_held 1,
    NoTotalShown no_total_shown 0,
    DataTooManyLines data_too_many_lines 2,
    EntryUnread entry_unread 0,
    EntryQuantity entry_quantity 1,
    MessageTooLong message_too_long 0,
    MessageAmount message_amount 2,
    MessageItemQuantity message_item_quantity 0,
    MessageItemDescription message_item_description 0,
    BasisNoNumber basis_no_number 0,
    FormTooLong form_too_long 0,
    FormDifferent form_different 1,
    FormItemQuantity form_item_quantity 0,
    FormItemDescription form_item_description 0,
    PriceUnitNoNumber price_unit_no_number 1,
    TooManyDecimals too_many_decimals 1,
    Negative negative 1,
    NoMinorUnits no_minor_units 1,
    Inexact inexact 1,
    NotANumber not_a_number 0,
    HasComma has_comma 1,
    HoldsNoNumber holds_no_number 1,
    TwoMeanings two_meanings 3,
    SeveralNumbers several_numbers 1,
    RangeOrLimit range_or_limit 1,
    NotAnAmount not_an_amount 1,
    TwoCurrencies two_currencies 1,
    Quoted quoted 1,
    Untold untold 0,
}
