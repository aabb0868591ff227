//! OData v4 as Business Central speaks it: addresses, query options, filters, lists, errors.

mod address;
mod error;
mod filter;
mod filter_tokens;
mod list;
mod property;
mod query;
mod sent;

pub use address::{Address, ENVIRONMENTS, Mount, ROUTE};
pub use error::ODataError;
pub use filter::{Filter, Literal, Operator};
pub use list::{Entity, List, answer_of_one, page};
pub use property::{EntitySet, Kind, Property, SetBy};
pub use query::Query;
pub use sent::Sent;
