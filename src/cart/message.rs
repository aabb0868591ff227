//! What a finding says: a key of the panel's words and what stands in them.
//!
//! The sentences stand in `extension/_locales/<language>/messages.json`, as `found_<key>`; none is written here.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Decimal};

/// A sentence or a part of one, in no language yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Which sentence.
    pub key: Key,
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
    ($($name:ident $count:literal,)*) => {
        /// The sentences, and their parts. The values of each are the placeholders of its words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "what each says stands in extension/_locales alone")]
        pub enum Key {
            $($name,)*
        }

        impl Key {
            /// Every key, and how many values it takes.
            pub const ALL: &[(Self, usize)] = &[$((Self::$name, $count),)*];
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
        Message { key: self, values }
    }
}

keys! {
    TotalUnknown 2,
    PageRounds 3,
    PageRoundsTooMuch 3,
    TaxUnknown 0,
    PricesAreNet 0,
    PricesAreGross 0,
    QuantitiesUnproved 1,
    LineWithoutAmounts 0,
    LineRounded 2,
    LineLacksFee 4,
    LineDiffers 1,
    Product 4,
    ProductBeforeDiscount 5,
    BeyondLimits 5,
    TheQuantity 0,
    TheUnitPrice 0,
    ThePriceBasis 0,
    TheLineTotal 0,
    TheDiscount 0,
    TheTotal 1,
    DiscountInLines 1,
    DiscountInSubtotal 3,
    NotAdded 1,
    NamedAmount 2,
    NoTotals 0,
    LostOrTax 1,
    NoGrandTotal 1,
    LinesRounded 4,
    LinesDiffer 3,
    NetLines 3,
    GrossLines 2,
    GrossLinesWithFee 3,
    PartSubtotal 1,
    PartNamed 2,
    PartTax 1,
    PartTaxOf 3,
    SubtotalDiffers 4,
    TheTotals 0,
    TheLinesAndTotals 0,
    SumIs 4,
    SumCoins 2,
    SumRounded 2,
    SumOneWay 4,
    SumTwoWays 6,
    TaxDiffers 4,
    TaxRounded 2,
    TaxWrong 1,
    TaxOnPart 3,
    TaxImpossible 2,
    TaxUnproved 1,
    ReadersDiffer 4,
    CurrencyFromReader 2,
    AlsoShown 2,
    NoDescription 0,
    DescriptionCut 0,
    DescriptionCleaned 0,
    DescriptionUnsure 0,
    DescriptionsAlike 0,
    TwoCarts 0,
    PointOrComma 0,
    SeveralCurrencies 0,
    CurrencyContradicted 3,
    CurrencyUnproved 1,
    CurrencySaidTwice 5,
    CurrencySaid 3,
    OnlySign 1,
    NoSign 0,
    ByDefinition 1,
    ByMenu 0,
    ByMeta 1,
    ByLanguage 1,
    ByHost 1,
    TotalIs 2,
    TooManyLines 2,
    EmptyCart 0,
    PartUnread 2,
    NumberAsDescription 1,
    LineUnread 0,
    TextCut 1,
    TextCleaned 1,
    SeveralTexts 2,
    SeveralQuantities 2,
    SeveralAmounts 2,
    AtPlace 2,
    Unavailable 0,
    UnavailableSaid 1,
    QuantityIs 1,
    UnitPriceIs 1,
    LineTotalIs 1,
    DiscountIs 1,
    GtinWrong 2,
    TooManyOptions 3,
    DefinitionUnusable 1,
    DataCurrencies 1,
    DataNoCurrency 1,
    MayBeOlder 2,
    AmountNotShown 1,
    TotalNotHeld 1,
    NoTotalShown 0,
    DataTooManyLines 2,
    EntryUnread 0,
    EntryQuantity 1,
    MessageTooLong 0,
    MessageAmount 2,
    MessageItemQuantity 0,
    MessageItemDescription 0,
    BasisNoNumber 0,
    FormTooLong 0,
    FormDifferent 1,
    FormItemQuantity 0,
    FormItemDescription 0,
    PriceUnitNoNumber 1,
    TooManyDecimals 1,
    Negative 1,
    NoMinorUnits 1,
    Inexact 1,
    NotANumber 0,
    HasComma 1,
    HoldsNoNumber 1,
    TwoMeanings 3,
    SeveralNumbers 1,
    RangeOrLimit 1,
    NotAnAmount 1,
    TwoCurrencies 1,
    Quoted 1,
    Untold 0,
}
