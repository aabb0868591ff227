//! Captures: from the body of a POST to requisition lines, all of them or none.

mod body;
mod check;
mod line;
mod post;

pub use body::{Body, read_body};
pub use check::{CheckedLine, check};
pub use line::{LineKind, SentLine, read_lines};
pub use post::{Books, Posting, judge, post};
