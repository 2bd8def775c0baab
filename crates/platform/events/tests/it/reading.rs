//! Events are found by kind, subject, unit and time.

use crate::ledger::{migrations, publish_one, set_up};
use chrono::TimeDelta;
use d06_db::{Direction, PageRequest};
use d06_events::{EventFilter, count, list};
use d06_testkit::both;

#[tokio::test]
async fn each_condition_narrows() {
    both(migrations, |t| async move {
        let (_, bus, _) = set_up(&t);
        let start = t.cx.now();
        publish_one(&t, &bus, "dossier.submitted").await;
        t.clock.advance(TimeDelta::hours(1));
        publish_one(&t, &bus, "dossier.decided").await;
        let tx = t.db.read().await.unwrap();
        let all = EventFilter::default();
        let hour = start + TimeDelta::hours(1);
        let kinds = |kind: &str| EventFilter { kinds: vec![kind.to_owned()], ..all.clone() };
        let filters = [
            (all.clone(), 2),
            (kinds("dossier.decided"), 1),
            (kinds("dossier.returned"), 0),
            (EventFilter { subject: Some("dossier:1".to_owned()), ..all.clone() }, 2),
            (EventFilter { subject: Some("dossier:2".to_owned()), ..all.clone() }, 0),
            (EventFilter { unit: Some("H31.10816.01".to_owned()), ..all.clone() }, 2),
            (EventFilter { unit: Some("H31.10816.02".to_owned()), ..all.clone() }, 0),
            (EventFilter { from: Some(hour), ..all.clone() }, 1),
            (EventFilter { until: Some(hour), ..all.clone() }, 1),
        ];
        for (filter, expected) in filters {
            assert_eq!(count(&tx, &filter).await.unwrap(), expected, "{filter:?}");
        }
        let newest = list(&tx, &all, &PageRequest::first(1), Direction::Newest).await.unwrap();
        assert_eq!(newest.items[0].kind, "dossier.decided");
        assert_eq!(newest.items[0].at, hour);
        assert!(newest.next.is_some());
    })
    .await;
}
