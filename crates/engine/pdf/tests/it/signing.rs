//! Signatures, checked by us, by pdfsig (poppler) and by pyHanko.

use crate::outside::{file, of_python, run};
use crate::sample::{agency, cx, person, signed};
use d06_kernel::port::document::{LetterForm, OfficialPrinter};
use d06_pdf::sign::{NewSignature, SigningKeys, SoftwareKeys, Trust, is_sound, sign, verify};
use d06_pdf::{Printer, result};
use std::sync::Arc;

fn keys() -> (tempfile::TempDir, SoftwareKeys) {
    let folder = tempfile::tempdir().unwrap();
    let keys = SoftwareKeys::open(&cx(), &folder.path().join("keys")).unwrap();
    (folder, keys)
}

#[tokio::test]
async fn two_signatures_in_order_both_sound() {
    let (_folder, keys) = keys();
    let found = verify(&signed(&keys).await, &keys.roots()).unwrap();
    assert_eq!(found.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["person", "agency"]);
    assert_eq!(found[0].signer, person().name);
    assert_eq!(found[0].organisation, Some(person().organisation));
    assert_eq!(found[1].signer, agency().name);
    assert_eq!(found[1].signed_at, Some(cx().now()));
    assert!(found.iter().all(|one| one.intact && one.trust == Trust::Trusted), "{found:?}");
    assert!(!found[0].covers_all && found[1].covers_all);
    assert!(is_sound(&found));
}

#[tokio::test]
async fn an_update_keeps_every_earlier_byte() {
    let (_folder, keys) = keys();
    let laid = result(&crate::sample::confirmation()).unwrap().pdf;
    assert!(signed(&keys).await.starts_with(&laid));
}

#[tokio::test]
async fn a_changed_byte_shows() {
    let (_folder, keys) = keys();
    let pdf = signed(&keys).await;
    // The first page's first content stream, long before the signatures.
    let at = pdf.windows(8).position(|w| w == b"endstrea").unwrap() - 20;
    let mut altered = pdf.clone();
    altered[at] ^= 1;
    let found = verify(&altered, &keys.roots()).unwrap();
    assert!(!is_sound(&found) && found.iter().all(|one| !one.intact), "{found:?}");
}

#[tokio::test]
async fn something_added_after_the_seal_shows() {
    let (_folder, keys) = keys();
    let mut pdf = signed(&keys).await;
    pdf.extend_from_slice(b"\n% one line more\n");
    let found = verify(&pdf, &keys.roots());
    assert!(found.is_err() || !is_sound(&found.unwrap()));
}

#[tokio::test]
async fn a_foreign_authority_is_not_trusted() {
    let (_folder, keys) = keys();
    let (_other, others) = self::keys();
    let found = verify(&signed(&others).await, &keys.roots()).unwrap();
    assert!(found.iter().all(|one| one.intact && one.trust == Trust::Unknown), "{found:?}");
    assert!(!is_sound(&found));
}

#[tokio::test]
async fn an_unsigned_document_is_not_sound() {
    let (_folder, keys) = keys();
    let laid = result(&crate::sample::confirmation()).unwrap().pdf;
    assert!(!is_sound(&verify(&laid, &keys.roots()).unwrap()));
}

#[tokio::test]
async fn an_unseen_signature_needs_no_room_on_the_page() {
    let (_folder, keys) = keys();
    let laid = result(&crate::sample::decision()).unwrap().pdf;
    let new = NewSignature { field: "person", reason: "Kiểm thử".to_owned(), visible: None };
    let signer = keys.of_agency(&cx(), "H31.10816", &agency()).await.unwrap();
    let pdf = sign(&cx(), laid, &new, &*signer).await.unwrap();
    assert!(is_sound(&verify(&pdf, &keys.roots()).unwrap()));
}

#[tokio::test]
async fn keys_are_for_their_owner_only_and_stay() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, keys) = keys();
    let pdf = signed(&keys).await;
    for entry in std::fs::read_dir(folder.path().join("keys")).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        assert!(!entry.file_name().to_string_lossy().contains("031175004321"), "{entry:?}");
    }
    let reopened = SoftwareKeys::open(&cx(), &folder.path().join("keys")).unwrap();
    assert!(is_sound(&verify(&pdf, &reopened.roots()).unwrap()));
}

#[tokio::test]
async fn pdfsig_finds_both_signatures_valid() {
    let (_folder, keys) = keys();
    let (_file, path) = file(&signed(&keys).await);
    let (_, report) = run("pdfsig", &["-nocert", &path]);
    assert_eq!(report.matches("Signature Validation: Signature is Valid.").count(), 2, "{report}");
    assert!(report.contains("ETSI.CAdES.detached"), "{report}");
}

#[tokio::test]
async fn what_the_desk_gives_out_carries_its_seal() {
    let (_folder, keys) = keys();
    let keys = Arc::new(keys);
    let printer = Printer::new(keys.clone());
    let mut papers = vec![printer.receipt(&cx(), &crate::sample::receipt()).await.unwrap()];
    for form in LetterForm::ALL {
        papers.push(printer.letter(&cx(), &crate::sample::letter(form)).await.unwrap());
    }
    for pdf in papers {
        let found = verify(&pdf, &keys.roots()).unwrap();
        assert!(is_sound(&found), "{found:?}");
        assert_eq!(
            found.iter().map(|one| one.signer.as_str()).collect::<Vec<_>>(),
            [crate::sample::receipt().unit]
        );
        let (_file, path) = file(&pdf);
        let (_, report) = run("pdfsig", &["-nocert", &path]);
        assert_eq!(report.matches("Signature Validation: Signature is Valid.").count(), 1, "{report}");
        assert!(report.contains("Total document signed"), "{report}");
    }
}

#[tokio::test]
async fn pyhanko_finds_both_signatures_pades_valid() {
    let (folder, keys) = keys();
    let (_file, path) = file(&signed(&keys).await);
    let root = folder.path().join("root.der");
    std::fs::write(&root, &keys.roots()[0]).unwrap();
    let script = "tests/validate.py";
    let (good, report) = run(of_python("python"), &[script, &path, &root.to_string_lossy()]);
    assert!(good, "{report}");
    assert_eq!(report.matches("PASSED").count(), 2, "{report}");
}
