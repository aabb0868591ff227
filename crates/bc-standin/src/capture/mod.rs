//! Captures: from the body of a POST to requisition lines, all of them or none.

mod body;
mod check;
mod dry_run;
mod line;
mod post;
mod writer;

pub use body::{Body, read_body, read_check_body};
pub use check::{CheckedLine, check};
pub use dry_run::{answer, dry_run};
pub use line::{LineKind, SentLine, read_lines};
pub use post::{Books, Posting, check_only, judge, post, post_within};
