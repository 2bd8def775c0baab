//! The domains around this one, as tests play them.

use async_trait::async_trait;
use d06_kernel::port::document::{LetterData, NewResult, OfficialPrinter, ReceiptData, ResultIssuer};
use d06_kernel::port::evidence::{EvidenceSource, Finding, Proof, ProofQuery, SourceRank};
use d06_kernel::port::population::{
    Address, Answer, LookUp, MaritalStatus, PersonRecord, PopulationDirectory,
};
use d06_kernel::port::unit::{Unit, UnitDirectory};
use d06_kernel::{Cx, Problem};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A population database that can be switched off, and slowed down.
#[derive(Default)]
pub(crate) struct Population {
    pub(crate) down: AtomicBool,
    pub(crate) slow: AtomicBool,
    pub(crate) asked: AtomicUsize,
}

impl Population {
    async fn wait(&self) {
        if self.slow.load(Ordering::SeqCst) {
            tokio::time::sleep(std::time::Duration::from_secs(20)).await;
        }
    }

    fn silent(&self, cx: &Cx) -> Option<d06_kernel::time::Moment> {
        self.down.load(Ordering::SeqCst).then(|| cx.now() + chrono::Duration::minutes(10))
    }
}

#[async_trait]
impl PopulationDirectory for Population {
    async fn look_up(&self, cx: &Cx, question: LookUp) -> Result<Answer, Problem> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        assert!(!question.purpose.legal_basis.is_empty());
        self.wait().await;
        if let Some(retry_at) = self.silent(cx) {
            return Ok(Answer::Unavailable { reason: "timeout".to_owned(), retry_at });
        }
        let record = PersonRecord {
            name: Some("Nguyễn Văn Nam".to_owned()),
            birth_date: "07/03/1985".parse().ok(),
            sex: Some(d06_kernel::person::Sex::Male),
            ethnicity: Some("Kinh".to_owned()),
            nationality: Some("Việt Nam".to_owned()),
            permanent_residence: Some(Address {
                text: "Thôn Đông, xã Hà Bắc, thành phố Hải Phòng".to_owned(),
                ..Address::default()
            }),
            marital_status: Some(MaritalStatus::Single),
            ..PersonRecord::default()
        };
        Ok(Answer::Found { record: Box::new(record), as_of: cx.now() })
    }
}

/// The population database as a source of proofs.
pub(crate) struct PopulationProofs(pub(crate) std::sync::Arc<Population>);

#[async_trait]
impl EvidenceSource for PopulationProofs {
    fn key(&self) -> &'static str {
        "population"
    }

    fn rank(&self) -> SourceRank {
        SourceRank::Population
    }

    fn covers(&self, claim: &str) -> bool {
        matches!(claim, "residence" | "identity")
    }

    async fn prove(&self, cx: &Cx, query: &ProofQuery) -> Result<Finding, Problem> {
        self.0.wait().await;
        if let Some(retry_at) = self.0.silent(cx) {
            return Ok(Finding::Unavailable { retry_at });
        }
        Ok(Finding::Proven(Box::new(Proof {
            source: "population".to_owned(),
            reference: query.claim.clone(),
            facts: vec![(query.claim.clone(), "Xã Hà Bắc".to_owned())],
            as_of: cx.now(),
            valid_until: None,
        })))
    }
}

/// Issues results, or fails.
#[derive(Default)]
pub(crate) struct Issuer {
    pub(crate) issued: Mutex<Vec<NewResult>>,
    pub(crate) broken: AtomicBool,
}

#[async_trait]
impl ResultIssuer for Issuer {
    async fn issue(&self, _: &Cx, result: NewResult) -> Result<(), Problem> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(Problem::unavailable("signing.down"));
        }
        self.issued.lock().unwrap().push(result);
        Ok(())
    }
}

/// Prints a page that carries the code.
#[derive(Default)]
pub(crate) struct Printer {
    pub(crate) printed: Mutex<Vec<ReceiptData>>,
    pub(crate) letters: Mutex<Vec<LetterData>>,
}

#[async_trait]
impl OfficialPrinter for Printer {
    async fn receipt(&self, _: &Cx, data: &ReceiptData) -> Result<Vec<u8>, Problem> {
        self.printed.lock().unwrap().push(data.clone());
        Ok(PDF.to_vec())
    }

    async fn letter(&self, _: &Cx, data: &LetterData) -> Result<Vec<u8>, Problem> {
        self.letters.lock().unwrap().push(data.clone());
        Ok(PDF.to_vec())
    }
}

/// The smallest PDF the store takes for one.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3 3]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n";

/// The units of the commune.
pub(crate) struct Units;

#[async_trait]
impl UnitDirectory for Units {
    async fn get(&self, _: &Cx, code: &str) -> Result<Unit, Problem> {
        let name = match code {
            "H31.10816" => "Ủy ban nhân dân xã Hà Bắc",
            _ => "Trung tâm phục vụ hành chính công xã Hà Bắc",
        };
        Ok(Unit {
            code: code.to_owned(),
            name: name.to_owned(),
            parent: None,
            commune: Some("10816".to_owned()),
            kind: "one-stop-shop".to_owned(),
        })
    }

    async fn subtree(&self, cx: &Cx, code: &str) -> Result<Vec<Unit>, Problem> {
        Ok(vec![self.get(cx, code).await?])
    }
}

/// A cabinet that holds one confirmation of marital status of everybody.
pub(crate) struct CabinetProofs;

/// The confirmation.
pub(crate) const CONFIRMATION: &str = "0197705e-7b00-7000-8000-0000000000aa";

#[async_trait]
impl EvidenceSource for CabinetProofs {
    fn key(&self) -> &'static str {
        "cabinet"
    }

    fn rank(&self) -> SourceRank {
        SourceRank::Cabinet
    }

    fn covers(&self, claim: &str) -> bool {
        claim == "marital-status"
    }

    async fn prove(&self, cx: &Cx, _: &ProofQuery) -> Result<Finding, Problem> {
        Ok(Finding::Proven(Box::new(Proof {
            source: "cabinet".to_owned(),
            reference: CONFIRMATION.to_owned(),
            facts: Vec::new(),
            as_of: cx.now(),
            valid_until: None,
        })))
    }
}
