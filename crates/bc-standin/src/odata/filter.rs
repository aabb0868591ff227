//! `$filter`: the part of the language that Business Central supports and this API needs.
//!
//! <https://learn.microsoft.com/dynamics365/business-central/dev-itpro/developer/devenv-connect-apps-filtering>.
//! Filters are evaluated here, over entities, and never become SQL.

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::filter_tokens::{Token, tokens};
use super::{EntitySet, Kind, ODataError, Property};

/// Parentheses deeper than this are refused, so that an address cannot exhaust the stack.
const DEEPEST: usize = 32;

/// A filter whose properties and literals are known to fit the entity set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Both hold.
    And(Box<Self>, Box<Self>),
    /// Either holds; both sides are about one property.
    Or(Box<Self>, Box<Self>),
    /// A property compared with a literal.
    Compare(Operand, Operator, Literal),
}

/// What is compared: a property, as it is or in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operand {
    property: Property,
    case: Case,
}

/// Whether `tolower(…)` stands around a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    AsStored,
    Lower,
}

/// Whether a function may stand within another: from `$schemaversion=2.1` on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nesting {
    /// It may not.
    #[default]
    Refused,
    /// It may.
    Allowed,
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `contains(…)`
    Contains,
    /// `startswith(…)`
    StartsWith,
    /// `endswith(…)`
    EndsWith,
}

/// A literal of the kind of its property.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd)]
pub enum Literal {
    /// Text; upper-cased where the property is a Code.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole or decimal number.
    Number(Decimal),
    /// A GUID without quotes.
    Guid(Uuid),
}

impl Filter {
    /// Reads `$filter` for an entity set.
    ///
    /// # Errors
    /// `BadRequest` in OData's words for syntax, unknown properties, types that do not fit,
    /// functions that are not supported, and `or` across distinct fields.
    pub fn parse(text: &str, set: EntitySet, nesting: Nesting) -> Result<Self, ODataError> {
        let mut parser = Parser {
            nesting,
            tokens: tokens(text)?.into_iter().peekable(),
            set,
            text,
        };
        let filter = parser.either(0)?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(_) => Err(parser.syntax()),
        }
    }

    /// Whether the filter lets an entity through.
    #[must_use]
    pub fn accepts(&self, entity: &Map<String, Value>) -> bool {
        match self {
            Self::And(left, right) => left.accepts(entity) && right.accepts(entity),
            Self::Or(left, right) => left.accepts(entity) || right.accepts(entity),
            Self::Compare(operand, operator, literal) => entity
                .get(operand.property.name)
                .and_then(|value| of_entity(value, operand.property.kind))
                .map(|value| operand.case.of(value))
                .is_some_and(|value| holds(&value, *operator, literal)),
        }
    }

    /// The literals that the filter demands of a text property with `eq`, in order.
    #[must_use]
    pub fn equals(&self, name: &str) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                let mut found = left.equals(name);
                found.extend(right.equals(name));
                found
            }
            Self::Compare(operand, Operator::Equal, Literal::Text(text))
                if operand.property.name == name =>
            {
                vec![text]
            }
            Self::Compare(..) => Vec::new(),
        }
    }

    fn fields(&self) -> Vec<&'static str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                let mut found = left.fields();
                found.extend(right.fields());
                found
            }
            Self::Compare(operand, ..) => vec![operand.property.name],
        }
    }
}

impl Case {
    fn of(self, value: Literal) -> Literal {
        match (self, value) {
            (Self::Lower, Literal::Text(text)) => Literal::Text(text.to_lowercase()),
            (_, value) => value,
        }
    }
}

fn of_entity(value: &Value, kind: Kind) -> Option<Literal> {
    match kind {
        Kind::Code(_) | Kind::Text(_) | Kind::LongText | Kind::DateTime => {
            Some(Literal::Text(value.as_str()?.to_owned()))
        }
        Kind::Guid => Uuid::try_parse(value.as_str()?).ok().map(Literal::Guid),
        Kind::Boolean => value.as_bool().map(Literal::Boolean),
        Kind::Integer | Kind::Decimal => value.to_string().parse().ok().map(Literal::Number),
    }
}

fn holds(value: &Literal, operator: Operator, literal: &Literal) -> bool {
    match (operator, value, literal) {
        (Operator::Equal, ..) => value == literal,
        (Operator::NotEqual, ..) => value != literal,
        (Operator::Greater, ..) => value > literal,
        (Operator::GreaterOrEqual, ..) => value >= literal,
        (Operator::Less, ..) => value < literal,
        (Operator::LessOrEqual, ..) => value <= literal,
        (Operator::Contains, Literal::Text(text), Literal::Text(part)) => text.contains(part),
        (Operator::StartsWith, Literal::Text(text), Literal::Text(part)) => text.starts_with(part),
        (Operator::EndsWith, Literal::Text(text), Literal::Text(part)) => text.ends_with(part),
        (Operator::Contains | Operator::StartsWith | Operator::EndsWith, ..) => false,
    }
}

struct Parser<'a> {
    nesting: Nesting,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    set: EntitySet,
    text: &'a str,
}

impl Parser<'_> {
    fn either(&mut self, depth: usize) -> Result<Filter, ODataError> {
        let mut left = self.both(depth)?;
        while self.word("or") {
            let right = self.both(depth)?;
            let joined = Filter::Or(Box::new(left), Box::new(right));
            let fields = joined.fields();
            if fields.iter().any(|field| Some(field) != fields.first()) {
                return Err(ODataError::bad_request(
                    "The 'OR' operator is not supported on distinct fields.",
                ));
            }
            left = joined;
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Filter, ODataError> {
        let mut left = self.condition(depth)?;
        while self.word("and") {
            left = Filter::And(Box::new(left), Box::new(self.condition(depth)?));
        }
        Ok(left)
    }

    fn condition(&mut self, depth: usize) -> Result<Filter, ODataError> {
        match self.tokens.next() {
            Some(Token::Open) if depth < DEEPEST => {
                let inner = self.either(depth + 1)?;
                self.expect(Token::Close)?;
                Ok(inner)
            }
            Some(Token::Word(word)) if self.tokens.peek() == Some(&Token::Open) => {
                self.function(&word)
            }
            Some(Token::Word(word)) => self.comparison(&word),
            _ => Err(self.syntax()),
        }
    }

    fn comparison(&mut self, name: &str) -> Result<Filter, ODataError> {
        let property = self.property(name)?;
        let operator = match self.tokens.next() {
            Some(Token::Word(word)) => comparison_operator(&word).ok_or_else(|| self.syntax())?,
            _ => return Err(self.syntax()),
        };
        let literal = self.tokens.next().ok_or_else(|| self.syntax())?;
        let literal = literal_for(&literal, property).ok_or_else(|| incompatible(property))?;
        let case = Case::AsStored;
        Ok(Filter::Compare(
            Operand { property, case },
            operator,
            literal,
        ))
    }

    fn function(&mut self, name: &str) -> Result<Filter, ODataError> {
        let operator = match name {
            "contains" => Operator::Contains,
            "startswith" => Operator::StartsWith,
            "endswith" => Operator::EndsWith,
            _ => {
                let message = format!("The function '{name}' is not supported in a filter.");
                return Err(ODataError::bad_request(message));
            }
        };
        self.expect(Token::Open)?;
        let operand = self.operand()?;
        self.expect(Token::Comma)?;
        let literal = self.tokens.next().ok_or_else(|| self.syntax())?;
        self.expect(Token::Close)?;
        match literal_for(&literal, operand.property) {
            Some(literal @ Literal::Text(_)) => Ok(Filter::Compare(operand, operator, literal)),
            _ => Err(incompatible(operand.property)),
        }
    }

    /// A property, or `tolower(…)` of one.
    fn operand(&mut self) -> Result<Operand, ODataError> {
        let Some(Token::Word(word)) = self.tokens.next() else {
            return Err(self.syntax());
        };
        if self.tokens.peek() != Some(&Token::Open) {
            let (property, case) = (self.property(&word)?, Case::AsStored);
            return Ok(Operand { property, case });
        }
        if word != "tolower" || self.nesting == Nesting::Refused {
            let message = format!("The function '{word}' is not supported within another.");
            return Err(ODataError::bad_request(message));
        }
        self.expect(Token::Open)?;
        let Some(Token::Word(name)) = self.tokens.next() else {
            return Err(self.syntax());
        };
        self.expect(Token::Close)?;
        let (property, case) = (self.property(&name)?, Case::Lower);
        Ok(Operand { property, case })
    }

    fn property(&self, name: &str) -> Result<Property, ODataError> {
        self.set.property(name).ok_or_else(|| {
            ODataError::bad_request(format!(
                "Could not find a property named '{name}' on type 'Microsoft.NAV.{}'.",
                self.set.entity()
            ))
        })
    }

    fn word(&mut self, expected: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Word(word) if word == expected))
            .is_some()
    }

    fn expect(&mut self, expected: Token) -> Result<(), ODataError> {
        self.tokens
            .next_if_eq(&expected)
            .map(|_| ())
            .ok_or_else(|| self.syntax())
    }

    fn syntax(&self) -> ODataError {
        ODataError::bad_request(format!("Syntax error in the filter '{}'.", self.text))
    }
}

fn comparison_operator(word: &str) -> Option<Operator> {
    Some(match word {
        "eq" => Operator::Equal,
        "ne" => Operator::NotEqual,
        "gt" => Operator::Greater,
        "ge" => Operator::GreaterOrEqual,
        "lt" => Operator::Less,
        "le" => Operator::LessOrEqual,
        _ => return None,
    })
}

fn literal_for(token: &Token, property: Property) -> Option<Literal> {
    match (token, property.kind) {
        (Token::Text(text), Kind::Code(_)) => Some(Literal::Text(text.to_uppercase())),
        (Token::Text(text), Kind::Text(_) | Kind::LongText) => Some(Literal::Text(text.clone())),
        (Token::Word(word), Kind::Boolean) => word.parse().ok().map(Literal::Boolean),
        (Token::Word(word), Kind::Guid) => Uuid::try_parse(word).ok().map(Literal::Guid),
        (Token::Word(word), Kind::Integer | Kind::Decimal) => {
            word.parse().ok().map(Literal::Number)
        }
        _ => None,
    }
}

fn incompatible(property: Property) -> ODataError {
    ODataError::bad_request(format!(
        "A binary operator with incompatible types was detected: '{}' is of type '{}'.",
        property.name,
        property.kind.edm()
    ))
}
