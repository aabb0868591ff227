//! The queues before the database. What waits in a queue is carried out in one transaction, so that one write to disk
//! serves many requests. An account always has the same queue.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use tokio::sync::{mpsc, oneshot};

use super::account::{AccountId, Charging};
use super::books::{Answer, Books, Key};
use super::database::{Database, POSTGRES_LANES};
use super::{StoreError, Task, postgres, sqlite};
use crate::clock::Timestamp;

/// Requests in one transaction at most: the last waits for the first.
const BATCH: usize = 64;
/// Requests that wait in one queue at most; further ones wait before it.
const QUEUE: usize = 1024;

/// A request on its way to the database.
struct Command {
    account: AccountId,
    task: Task,
    now: Timestamp,
    reply: oneshot::Sender<Result<Answer, StoreError>>,
}

/// The queues.
#[derive(Clone, Debug)]
pub(super) struct Lanes(Vec<mpsc::Sender<Command>>);

/// What a batch needs to know.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) accounts: BTreeSet<AccountId>,
    /// Accounts that may have to be made.
    pub(super) founders: BTreeSet<AccountId>,
    pub(super) captures: BTreeSet<Key>,
    pub(super) grants: BTreeSet<(AccountId, String)>,
}

impl Lanes {
    pub(super) fn start(database: &Database, charging: Charging) -> Self {
        let count = match database {
            Database::Sqlite { .. } => 1,
            Database::Postgres(_) => POSTGRES_LANES,
        };
        let lane = |_| {
            let (sender, receiver) = mpsc::channel(QUEUE);
            tokio::spawn(serve(database.clone(), charging, receiver));
            sender
        };
        Self((0..count).map(lane).collect())
    }

    /// Carries a request out; it is durable when this returns.
    pub(super) async fn perform(
        &self,
        account: &AccountId,
        task: Task,
        now: Timestamp,
    ) -> Result<Answer, StoreError> {
        let hash = BuildHasherDefault::<DefaultHasher>::new().hash_one(account);
        let (reply, answer) = oneshot::channel();
        let command = Command {
            account: account.clone(),
            task,
            now,
            reply,
        };
        let lanes = u64::try_from(self.0.len()).unwrap_or(1).max(1);
        let place = usize::try_from(hash % lanes).unwrap_or_default();
        let lane = self.0.get(place).ok_or(StoreError::Stopped)?;
        lane.send(command).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }
}

async fn serve(database: Database, charging: Charging, mut queue: mpsc::Receiver<Command>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        match carry_out(&database, charging, &batch).await {
            Ok(answers) => reply(batch.drain(..).zip(answers)),
            // One request that the database refuses must not fail the others; and every request can be repeated.
            Err(error) => {
                tracing::warn!(%error, requests = batch.len(), "a batch failed and is tried one by one");
                for command in batch.drain(..) {
                    let alone = std::slice::from_ref(&command);
                    let answer = match carry_out(&database, charging, alone).await {
                        Ok(mut answers) => answers.pop().unwrap_or(Err(StoreError::Stopped)),
                        Err(error) => Err(error),
                    };
                    reply([(command, answer)]);
                }
            }
        }
    }
}

fn reply(answers: impl IntoIterator<Item = (Command, Result<Answer, StoreError>)>) {
    for (command, answer) in answers {
        // An error means that whoever asked has gone; what was done stays done.
        let _gone = command.reply.send(answer);
    }
}

async fn carry_out(
    database: &Database,
    charging: Charging,
    batch: &[Command],
) -> Result<Vec<Result<Answer, StoreError>>, StoreError> {
    let now = batch.iter().map(|command| command.now).max();
    let mut books = Books::new(charging, now.unwrap_or(Timestamp::from_millis(0)));
    let wanted = wanted(charging, batch);
    match database {
        Database::Sqlite { writer, .. } => {
            let mut open = sqlite::begin(writer).await?;
            sqlite::load(&mut open, &wanted, &mut books).await?;
            let answers = apply(&mut books, batch);
            sqlite::write(&mut open, &books).await?;
            open.commit().await?;
            Ok(answers)
        }
        Database::Postgres(pool) => {
            let mut open = postgres::begin(pool).await?;
            postgres::load(&mut open, &wanted, &mut books).await?;
            let answers = apply(&mut books, batch);
            postgres::write(&mut open, &books).await?;
            open.commit().await?;
            Ok(answers)
        }
    }
}

fn apply(books: &mut Books, batch: &[Command]) -> Vec<Result<Answer, StoreError>> {
    batch
        .iter()
        .map(|command| books.apply(&command.account, &command.task))
        .collect()
}

fn wanted(charging: Charging, batch: &[Command]) -> Wanted {
    let mut wanted = Wanted::default();
    for Command { account, task, .. } in batch {
        wanted.accounts.insert(account.clone());
        match task {
            Task::Hold(capture, _) | Task::Confirm(capture) | Task::Release(capture) => {
                wanted.captures.insert((account.clone(), *capture));
            }
            Task::Grant(grant) => {
                let key = grant.idempotency_key.clone();
                wanted.grants.extend(key.map(|key| (account.clone(), key)));
            }
        }
        let founds = match task {
            Task::Grant(_) => true,
            Task::Hold(..) => charging == Charging::Off,
            Task::Confirm(_) | Task::Release(_) => false,
        };
        if founds {
            wanted.founders.insert(account.clone());
        }
    }
    wanted
}
