//! Documents as proofs: what was issued once is not asked for again.

use crate::cabinet::Cabinet;
use crate::model::DocumentState;
use crate::store;
use async_trait::async_trait;
use d06_kernel::port::evidence::{EvidenceSource, Finding, Proof, ProofQuery, SourceRank};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

#[async_trait]
impl EvidenceSource for Cabinet {
    fn key(&self) -> &'static str {
        "cabinet"
    }

    fn rank(&self) -> SourceRank {
        SourceRank::Cabinet
    }

    fn covers(&self, claim: &str) -> bool {
        !self.parts().kinds.proving(claim).is_empty()
    }

    /// The last issued document that still holds and proves the claim.
    async fn prove(&self, cx: &Cx, query: &ProofQuery) -> Result<Finding, Problem> {
        let parts = self.parts();
        let keys = parts.kinds.proving(&query.claim);
        let tx = parts.deps.db.read().await?;
        let documents = store::document::list_of_kinds(&tx, &query.subject, &keys).await?;
        drop(tx);
        let mut reason = "no-document";
        for document in documents {
            let rule = parts.kinds.on(&document.kind, local_date(document.issued_at));
            let Some((kind, proof)) = rule.and_then(|kind| Some((kind, kind.proof_of(&query.claim)?))) else {
                continue;
            };
            let valid_until = proof.valid_until(document.issued_at);
            if document.state(cx.now()) == DocumentState::Superseded {
                reason = "document-superseded";
                continue;
            }
            if document.state(cx.now()) != DocumentState::Valid
                || valid_until.is_some_and(|until| cx.now() >= until)
            {
                reason = "document-expired";
                continue;
            }
            let mut facts = vec![(kind.name.vi.clone(), document.number.clone())];
            facts.extend(kind.facts(&proof.facts, &document.fields));
            return Ok(Finding::Proven(Box::new(Proof {
                source: "cabinet".to_owned(),
                reference: document.id.to_string(),
                facts,
                as_of: document.issued_at,
                valid_until,
            })));
        }
        Ok(Finding::NotHeld { reason: reason.to_owned() })
    }
}
