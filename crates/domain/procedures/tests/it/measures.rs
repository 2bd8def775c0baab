//! Measures come from the dossiers and open to them.

use crate::office::{approve, examine, receive};
use crate::scene::{Scene, migrations};
use d06_kernel::port::measure::{MeasureScope, MeasureSource, Ratio};
use d06_kernel::time::local_date;
use d06_procedures::measures::{
    CUT_PROCEDURES, ON_TIME, ONLINE_SHARE, PERSONAL_NUMBER, ProcedureMeasures, REQUIREMENTS_CUT,
};

#[tokio::test]
async fn a_dossier_moves_the_numbers_as_it_is_filed_and_decided() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let measures = ProcedureMeasures::new(scene.deps.clone());
        let today = local_date(scene.t.cx.now());
        let scope = MeasureScope { unit: "H31".to_owned(), from: today, to: today };
        let cx = &scene.t.cx;
        assert_eq!(measures.value(cx, REQUIREMENTS_CUT, &scope).await.unwrap(), Ratio::default());
        let id = scene.filed().await;
        let one = Ratio { numerator: 1, denominator: 1 };
        for key in [ONLINE_SHARE, ON_TIME, PERSONAL_NUMBER] {
            assert_eq!(measures.value(cx, key, &scope).await.unwrap(), one, "{key}");
        }
        assert_eq!(measures.value(cx, REQUIREMENTS_CUT, &scope).await.unwrap(), Ratio::default());
        receive(&scene, id).await;
        examine(&scene, id).await;
        approve(&scene, id).await;
        assert_eq!(measures.value(cx, REQUIREMENTS_CUT, &scope).await.unwrap(), one);
        let records = measures.records(cx, REQUIREMENTS_CUT, &scope, 0, 10).await.unwrap();
        assert!(records[0].counted && records[0].href.starts_with("/work/dossiers/"));
        assert_eq!(measures.behind(CUT_PROCEDURES), Some(REQUIREMENTS_CUT));
        scene.filed().await;
        assert_eq!(
            measures.value(cx, CUT_PROCEDURES, &scope).await.unwrap(),
            one,
            "one procedure, two dossiers"
        );
        let procedures = measures.records(cx, CUT_PROCEDURES, &scope, 0, 10).await.unwrap();
        assert!(procedures[0].counted && procedures[0].href.starts_with("/procedures/"), "{procedures:?}");
        assert_eq!(measures.records(cx, CUT_PROCEDURES, &scope, 1, 10).await.unwrap(), []);
        let elsewhere = MeasureScope { unit: "H30".to_owned(), ..scope };
        assert_eq!(measures.value(cx, ONLINE_SHARE, &elsewhere).await.unwrap(), Ratio::default());
    })
    .await;
}
