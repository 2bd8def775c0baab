//! Requests for correction, from the form of a procedure and from the person's own page.

use crate::support::{OFFICE, citizen, count, migrations, number, official};
use d06_authz::{Authz, Kind, Resource, act};
use d06_events::{Bus, NewEvent, Subscriber};
use d06_jobs::Workers;
use d06_kernel::Role;
use d06_people::CorrectionDesk;
use d06_people::ops::request_correction::{self, RequestCorrection};
use d06_people::ops::settle_correction::{self, SettleCorrection};
use d06_synth::demo;
use d06_testkit::both;
use std::sync::Arc;

#[tokio::test]
async fn what_is_wrong_in_a_form_opens_a_request() {
    both(migrations, |test| async move {
        let desk: Arc<dyn Subscriber> = Arc::new(CorrectionDesk);
        let bus = Bus::new(vec![desk]);
        let event = NewEvent {
            kind: "correction.requested",
            subject: "draft:1".to_owned(),
            unit: Some(OFFICE.to_owned()),
            payload: serde_json::json!({
                "person": demo::MAI, "field": "address", "held": "Số 1", "text": "Số 11", "procedure": "1.004873"
            }),
        };
        let tx = test.db.begin().await.unwrap();
        d06_events::publish(&test.cx, &tx, &bus, event).await.unwrap();
        tx.commit().await.unwrap();
        Workers::new(test.db.clone(), test.cx.clone(), bus.handlers(&test.db)).run_due().await;
        assert_eq!(count(&test.db, "people_correction WHERE wanted = 'Số 11'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_settled_once() {
    both(migrations, |test| async move {
        let authz = Authz::new().unwrap();
        let mai = citizen(&test.cx, demo::MAI);
        let own = Resource::new(Kind::Correction, demo::MAI).owned_by([number(demo::MAI)]);
        let mut wrong = RequestCorrection {
            subject: number(demo::MAI),
            field: "shoe-size".to_owned(),
            wanted: "Tên đúng là Nguyễn Thị Mai Anh".to_owned(),
        };
        let tx = test.db.begin().await.unwrap();
        let permit = || authz.permit::<act::RequestCorrection>(&mai, &own).unwrap();
        let problem = request_correction::run(&mai, &tx, OFFICE, permit(), wrong.clone()).await.unwrap_err();
        assert_eq!(problem.fields[0].field, "field");
        wrong.field = "name".to_owned();
        let id = request_correction::run(&mai, &tx, OFFICE, permit(), wrong).await.unwrap();
        tx.commit().await.unwrap();

        let police = official(&test.cx, Role::StandingOffice);
        let request = Resource::new(Kind::Correction, id).owned_by([number(demo::MAI)]).in_unit(OFFICE);
        assert!(authz.permit::<act::SettleCorrection>(&mai, &request).is_err());
        for expected in [None, Some("correction.already-settled")] {
            let permit = authz.permit(&police, &request).unwrap();
            let command =
                SettleCorrection {
                    correction: id, upheld: false, text: "Đúng như giấy khai sinh.".into()
                };
            let tx = test.db.begin().await.unwrap();
            let settled = settle_correction::run(&police, &tx, &Bus::default(), permit, command).await;
            assert_eq!(settled.err().map(|problem| problem.code), expected);
            tx.commit().await.unwrap();
        }
    })
    .await;
}
