//! A letter arrives once, whatever the server does.

use crate::sink::{Manner, Sink, header};
use chrono::TimeDelta;
use d06_jobs::{Workers, list_dead};
use d06_mail::{LetterSender, Mail, MailServer, NewLetter, Security};
use d06_testkit::TestDb;
use std::sync::Arc;
use std::time::Duration;

fn migrations() -> Vec<Box<dyn d06_db::sea_orm_migration::MigrationTrait>> {
    d06_jobs::migrations().into_iter().chain(d06_mail::migrations()).collect()
}

fn mail_to(address: std::net::SocketAddr) -> Mail {
    let wait = Duration::from_millis(300);
    let from = "Dean06 <thongbao@habac.vn>";
    let server =
        MailServer::new("127.0.0.1", address.port(), Security::None, None, from, None, wait).unwrap();
    Mail::new(server)
}

async fn post(t: &TestDb, mail: &Mail, key: &str) -> bool {
    let letter = NewLetter {
        key: key.to_owned(),
        to: "congan@habac.vn".to_owned(),
        subject: "Nhắc báo cáo tháng 6".to_owned(),
        text: "Báo cáo tháng 6/2026 đến hạn.".to_owned(),
    };
    let tx = t.db.begin().await.unwrap();
    let new = mail.post(&t.cx, &tx, letter).await.unwrap();
    tx.commit().await.unwrap();
    new
}

/// Works off what is due, lets the waiting time pass, works again.
async fn work(t: &TestDb, mail: &Mail, rounds: usize) {
    let sender = Arc::new(LetterSender::new(t.db.clone(), mail.clone()));
    let workers = Workers::new(t.db.clone(), t.cx.clone(), vec![sender]);
    for _ in 0..rounds {
        workers.run_due().await;
        t.clock.advance(TimeDelta::hours(2));
    }
}

#[tokio::test]
async fn a_letter_arrives_once_whatever_comes_before() {
    for manners in [&[][..], &[Manner::Silent], &[Manner::Busy, Manner::Silent, Manner::Busy]] {
        d06_testkit::both(migrations, |t| async move {
            let sink = Sink::open(manners).await;
            let mail = mail_to(sink.address);
            assert!(post(&t, &mail, "report:1:7").await);
            assert!(!post(&t, &mail, "report:1:7").await, "the same letter is posted once");
            work(&t, &mail, 6).await;
            let letters = sink.letters();
            assert_eq!(letters.len(), 1, "{manners:?}");
            assert_eq!(header(&letters[0], "To"), "congan@habac.vn");
            assert!(
                header(&letters[0], "Subject").contains("=?utf-8?"),
                "a subject in Vietnamese is encoded"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_waited_for() {
    d06_testkit::both(migrations, |t| async move {
        let sink = Sink::open(&[]).await;
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        post(&t, &mail_to(nobody), "report:1:3").await;
        work(&t, &mail_to(nobody), 3).await;
        assert_eq!(sink.letters().len(), 0);
        work(&t, &mail_to(sink.address), 2).await;
        assert_eq!(sink.letters().len(), 1, "it was kept and sent when there was a server");
    })
    .await;
}

#[tokio::test]
async fn a_broken_line_repeats_the_same_letter_and_not_another() {
    d06_testkit::both(migrations, |t| async move {
        let sink = Sink::open(&[Manner::TakesAndBreaks]).await;
        let mail = mail_to(sink.address);
        post(&t, &mail, "report:1:1").await;
        work(&t, &mail, 4).await;
        let letters = sink.letters();
        let ids: Vec<&str> = letters.iter().map(|letter| header(letter, "Message-ID")).collect();
        assert_eq!(ids.len(), 2, "the server did not say that it had taken it");
        assert_eq!(ids[0], ids[1], "by the identity every reader knows it as one");
        assert!(ids[0].ends_with("@habac.vn>"));
        assert_eq!(letters[0], letters[1]);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_for_good_is_kept_and_not_repeated() {
    d06_testkit::both(migrations, |t| async move {
        let sink = Sink::open(&[Manner::Refuses]).await;
        let mail = mail_to(sink.address);
        post(&t, &mail, "report:1:overdue").await;
        work(&t, &mail, 3).await;
        assert_eq!(sink.letters().len(), 0, "no second attempt, which the server would have taken");
        let tx = t.db.read().await.unwrap();
        let page = d06_db::PageRequest::first(10);
        assert_eq!(list_dead(&tx, &page).await.unwrap().items.len(), 1, "a person sees it");
    })
    .await;
}

#[tokio::test]
async fn without_a_server_nothing_is_written() {
    d06_testkit::both(migrations, |t| async move {
        assert!(!post(&t, &Mail::default(), "report:1:7").await);
    })
    .await;
}
