//! Killed under load, again and again: nothing that was acknowledged is lost, and nothing is debited twice.

use std::time::Duration;

use super::cluster::Cluster;
use super::load::Load;
use super::program::Operator;
use super::scene::Kind;

const KILLS: u64 = 20;
/// More than are spent before the test ends.
const PLENTY: u32 = 100_000;

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_twenty_times_under_load_it_loses_nothing_acknowledged_and_debits_nothing_twice() {
    let mut load = Load::start(Operator::new(), 1, PLENTY).await;
    for kill in 0..KILLS {
        load.progress(5, Duration::from_millis(kill * 7 % 60)).await;
        load.kill(0).await;
    }
    load.finish().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_on_one_database_debit_nothing_twice_and_spend_no_more_than_there_is() {
    if crate::KIND == Kind::Sqlite {
        return;
    }
    let mut load = Load::start(Operator::new(), 2, 120).await;
    for kill in 0..6 {
        load.progress(10, Duration::from_millis(kill * 11 % 40))
            .await;
        load.kill(usize::from(kill % 2 == 1)).await;
    }
    load.spend().await;
    for export in load.finish().await {
        assert_eq!(export.account.balance, export.account.held);
        assert_eq!(export.account.available, 0);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_postgresql_is_killed_under_load_nothing_acknowledged_is_lost() {
    if crate::KIND == Kind::Sqlite {
        return;
    }
    let cluster = Cluster::start("fsync=on").unwrap();
    cluster.create("credits");
    let operator = Operator::on(cluster.address("credits"));
    let load = Load::start(operator, 2, PLENTY).await;
    for kill in 0..5 {
        load.progress(20, Duration::from_millis(kill * 13 % 60))
            .await;
        cluster.kill();
    }
    load.progress(20, Duration::ZERO).await;
    load.finish().await;
}
