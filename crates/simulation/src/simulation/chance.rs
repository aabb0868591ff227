//! How wild a random run is.

use crate::random::Random;
use crate::scenario::Does;

/// How likely each misfortune is, of a thousand.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    /// Of a request.
    pub(super) request: u64,
    /// Of a crash at each point.
    pub(super) crash: u64,
    /// Of a write that is refused.
    pub(super) write: u64,
    /// Whether ways take a random time.
    pub(super) ways: bool,
}

impl Chance {
    pub(super) fn none() -> Self {
        Self {
            request: 0,
            crash: 0,
            write: 0,
            ways: false,
        }
    }

    /// Calm days and wild ones.
    pub(super) fn of(random: &mut Random) -> Self {
        Self {
            request: *random.pick(&[0, 50, 200, 500]),
            crash: *random.pick(&[0, 0, 10, 40, 120]),
            write: *random.pick(&[0, 0, 0, 30, 150]),
            ways: true,
        }
    }

    pub(super) fn fate(&self, random: &mut Random) -> Does {
        if !random.happens(self.request) {
            return Does::Works;
        }
        match random.below(10) {
            0 => Does::LosesRequest,
            1 | 2 => Does::LosesAnswer,
            3 | 4 => Does::ActsLate(random.between(0, 960_000)),
            5 => Does::Twice,
            6 => Does::HeardTwice,
            7 => Does::SaysAfterActing(*random.pick(&[408, 500, 502, 503, 504])),
            8 => Does::Says(429),
            _ => Does::Says(*random.pick(&[401, 408, 500, 503, 504])),
        }
    }
}
