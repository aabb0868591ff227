//! The rules, one module each.

pub mod base_application;
pub mod calls;
pub mod contract;
pub mod lengths;
pub mod numbering;
pub mod permissions;
pub mod properties;
pub mod relations;
pub mod translations;

use crate::finding::Finding;
use crate::project::Project;

/// Every rule, in the order of a run.
pub const ALL: [fn(&Project) -> Vec<Finding>; 9] = [
    numbering::check,
    base_application::check,
    relations::check,
    permissions::check,
    contract::check,
    lengths::check,
    calls::check,
    properties::check,
    translations::check,
];
