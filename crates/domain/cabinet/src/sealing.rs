//! Laying out, signing and checking papers. The keys are behind a port; see `docs/how-to/switch-signing.md`.

use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use d06_pdf::ResultData;
use d06_pdf::sign::{self, Identity, SigningKeys, Trust, Verified};
use serde::Serialize;
use std::sync::Arc;

/// Signs papers and checks them.
pub(crate) struct Sealing {
    keys: Arc<dyn SigningKeys>,
}

/// Who puts a hand to a paper.
pub(crate) struct Hands {
    /// Number of the competent person.
    pub(crate) person: PersonalNumber,
    /// Code of the agency.
    pub(crate) unit: String,
    /// Name of the agency above it, for the seal.
    pub(crate) above: String,
}

/// A signature as the page shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SignatureView {
    signer: String,
    at: Option<Moment>,
    sound: bool,
}

impl SignatureView {
    pub(crate) fn samples() -> Vec<Self> {
        vec![
            Self { signer: "Nguyễn Đức Thắng".to_owned(), at: Some(Moment::default()), sound: true },
            Self { signer: "Ủy ban nhân dân xã Hà Bắc".to_owned(), at: None, sound: false },
        ]
    }
}

impl Sealing {
    /// Signs with these keys.
    pub(crate) fn new(keys: Arc<dyn SigningKeys>) -> Self {
        Self { keys }
    }

    /// Lays a paper out, signs it as the competent person, then seals it as the agency (Decree 30/2020 Art. 13, 14).
    pub(crate) async fn seal(&self, cx: &Cx, paper: ResultData, hands: &Hands) -> Result<Vec<u8>, Problem> {
        let agency = Identity { name: paper.agency.clone(), organisation: paper.agency.clone() };
        let person = Identity { name: paper.signatory.name.clone(), organisation: paper.agency.clone() };
        // Laying out takes milliseconds of pure computation; the worker's thread has others to serve.
        let laid = tokio::task::spawn_blocking(move || d06_pdf::result(&paper))
            .await
            .map_err(Problem::internal)??;
        let place =
            laid.signature.ok_or_else(|| Problem::internal("the layout left no room for a signature"))?;
        let key = self.keys.of_person(cx, &hands.person, &person).await?;
        let signed = sign::sign_as(cx, laid.pdf, &person, place, &*key).await?;
        let key = self.keys.of_agency(cx, &hands.unit, &agency).await?;
        Ok(sign::seal(cx, signed, &agency, &hands.above, sign::beside(place), &*key).await?)
    }

    /// Checks every signature of a paper. None is sound when something was added after the last.
    pub(crate) async fn verify(&self, pdf: Vec<u8>) -> Result<Vec<SignatureView>, Problem> {
        let roots = self.keys.roots();
        let found = tokio::task::spawn_blocking(move || sign::verify(&pdf, &roots)).await;
        let found = found.map_err(Problem::internal)??;
        let whole = found.iter().any(|one| one.covers_all);
        let view = |one: Verified| SignatureView {
            sound: whole && one.intact && one.trust == Trust::Trusted,
            signer: one.signer,
            at: one.signed_at,
        };
        Ok(found.into_iter().map(view).collect())
    }
}
