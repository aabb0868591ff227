//! Where log lines go: standard error, or one file for each day, of which the old ones are deleted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tracing_subscriber::fmt::MakeWriter;

use crate::clock::{Clock, Timestamp};
use crate::store::EVENT_LIFE;

const PREFIX: &str = "credit-service-";
const SUFFIX: &str = ".log";

/// A folder with a file for each day (UTC).
#[derive(Clone, Debug)]
pub struct LogFolder {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

impl LogFolder {
    /// The folder, which is made where it is missing.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn open(folder: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, clock })
    }

    fn file(&self) -> io::Result<File> {
        let name = file_name(self.clock.now());
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        options.open(self.folder.join(name))
    }

    /// Deletes the files of days that are too long ago, and says how many.
    ///
    /// # Errors
    /// Where the folder cannot be read or a file not be deleted.
    pub fn tidy(&self) -> io::Result<usize> {
        let oldest = file_name(self.clock.now().before(EVENT_LIFE));
        let mut deleted = 0;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if is_older(&path, &oldest) {
                fs::remove_file(path)?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }
}

/// Named by the day, so that the order of names is the order of days.
fn file_name(now: Timestamp) -> String {
    let text = now.to_string();
    let day = text.split('T').next().unwrap_or_default();
    format!("{PREFIX}{day}{SUFFIX}")
}

fn is_older(path: &Path, oldest: &str) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        name.starts_with(PREFIX)
            && name.ends_with(SUFFIX)
            && name.len() == oldest.len()
            && name < oldest
    })
}

impl<'a> MakeWriter<'a> for LogFolder {
    type Writer = Box<dyn Write>;

    /// A disk that is full must not stop the service: then the line goes to standard error.
    fn make_writer(&'a self) -> Box<dyn Write> {
        match self.file() {
            Ok(file) => Box::new(file),
            Err(_) => Box::new(io::stderr()),
        }
    }
}
