//! A procedure of two people: what their cabinets prove is not asked for, and both own what comes of it.

use crate::neighbours::CONFIRMATION;
use crate::office::{approve, examine, receive};
use crate::scene::{NAM, Scene, migrations};
use d06_kernel::id::{DocumentId, DossierId};
use d06_kernel::port::document::DocumentUses;
use d06_procedures::ProcedureUses;
use d06_procedures::model::dossier::DossierState;

const MAI: &str = "030185001111";

/// A filed registration with so many copies of the extract.
pub(crate) async fn filed(scene: &Scene, copies: &str) -> DossierId {
    let cx = scene.citizen();
    let draft = scene.open_draft_of(&cx, "1.000894").await.unwrap();
    let answers = [
        ("name", "Nguyễn Văn Nam"),
        ("birth-date", "07/03/1985"),
        ("sex", "male"),
        ("ethnicity", "Kinh"),
        ("nationality", "Việt Nam"),
        ("residence", "Thôn Đông, xã Hà Bắc"),
        ("times-married", "1"),
        ("partner-number", MAI),
        ("partner-name", "Lê Thị Mai"),
        ("partner-birth-date", "12/05/1985"),
        ("partner-sex", "female"),
        ("partner-ethnicity", "Kinh"),
        ("partner-nationality", "Việt Nam"),
        ("partner-residence", "Thôn Tây, xã Hà Bắc"),
        ("partner-times-married", "1"),
        ("copies", copies),
        ("true", "yes"),
    ];
    scene.save(&cx, draft, 0, &answers).await.unwrap();
    scene.submit(&cx, draft).await.unwrap()
}

#[tokio::test]
async fn a_marriage_is_filed_without_a_paper_and_its_certificate_belongs_to_both() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = filed(&scene, "0").await;
        let dossier = scene.dossier(id).await;
        assert_eq!((dossier.requirements, dossier.waived), (4, 4));

        let uses = ProcedureUses::new(scene.deps.db.clone(), scene.deps.catalogue.clone());
        let document: DocumentId = CONFIRMATION.parse::<uuid::Uuid>().unwrap().into();
        let used = uses.uses(&scene.citizen(), document).await.unwrap();
        assert_eq!(used.len(), 1, "one dossier, though it proved two requirements");
        assert_eq!((&used[0].code, &*used[0].presented_by), (&dossier.code, "Nguyễn Văn Nam"));

        receive(&scene, id).await;
        examine(&scene, id).await;
        approve(&scene, id).await;
        scene.work().await;
        assert_eq!(scene.dossier(id).await.state, DossierState::Returned);
        let issued = scene.issuer.issued.lock().unwrap();
        let owners: Vec<&str> = issued[0].owners.iter().map(|owner| owner.as_str()).collect();
        assert_eq!(owners, [NAM, MAI]);
        assert_eq!(issued[0].kind, "marriage-certificate");
    })
    .await;
}
