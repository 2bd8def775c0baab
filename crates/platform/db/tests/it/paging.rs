//! Pages by key.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::EntityTrait;
use d06_db::{Direction, PageRequest, page_by_id};
use d06_testkit::both;

#[tokio::test]
async fn every_row_is_on_one_page() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        for n in 0..7 {
            t.clock.advance(chrono::TimeDelta::milliseconds(1));
            room::add(&tx, room::room(&t.cx, &format!("{n}"))).await.unwrap();
        }
        for (direction, expected) in [(Direction::Oldest, "0123456"), (Direction::Newest, "6543210")] {
            let mut request = PageRequest::first(3);
            let mut seen = String::new();
            let mut pages = 0;
            loop {
                let find = Entity::find();
                let page =
                    page_by_id(find, Column::Id, |room| room.id, &request, direction, &tx).await.unwrap();
                seen.extend(page.items.iter().map(|room| room.code.as_str()));
                pages += 1;
                match page.next {
                    Some(next) => request.after = Some(next),
                    None => break,
                }
            }
            assert_eq!((seen.as_str(), pages), (expected, 3));
        }
    })
    .await;
}

#[test]
fn a_request_is_kept_within_bounds() {
    assert_eq!(PageRequest::first(0).limit(), 1);
    assert_eq!(PageRequest::first(100_000).limit(), PageRequest::MOST);
    assert_eq!(PageRequest::default().limit(), PageRequest::USUAL);
    let forged = PageRequest { after: Some("'; --".to_owned()), limit: None };
    assert_eq!(forged.after_id().unwrap_err().code, "page.after-unknown");
}
