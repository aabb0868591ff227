//! The first capture of a worker's life, rehearsed.
//!
//! V8 compiles a function of WebAssembly when it is first called, and a click mostly wakes a worker that has called none.
//! While the page is busy writing its snapshot the worker waits; in that time it reads a cart that it has with it, so that
//! what the buyer waits for is compiled when the snapshot comes.

use crate::capture::{Action, Event, Input, Machine, Records, Step, WindowId, World};
use crate::timestamp::Timestamp;

/// A cart of two lines, as docs/snapshot-format.md says.
const SNAPSHOT: &str = include_str!("rehearsal.json");

/// Takes a cart from its snapshot to what is stored and shown of it, in a world of its own. Nothing comes of it.
pub(super) fn rehearse(machine: &Machine) {
    let window = WindowId(0);
    let input = Input {
        event: Event::Acted {
            window,
            action: Action::TrySample {
                snapshot: SNAPSHOT.to_owned(),
            },
        },
        now: Timestamp(0),
        entropy: [0; 32],
    };
    let Step { mut world, .. } = machine.step(World::default(), input);
    drop(Records::of(&world));
    machine.view(&mut world, window, Timestamp(0), |view| {
        drop(serde_json::to_string(&view));
    });
}
