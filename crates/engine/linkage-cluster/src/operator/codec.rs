//! How the operator travels: as JSON behind a mark, beside the plans of Ballista itself.

use super::{LinkExec, Work};
use crate::node::Site;
use ballista_core::serde::BallistaPhysicalExtensionCodec;
use datafusion::common::{DataFusionError, internal_err};
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};
use std::sync::Arc;

/// Begins an encoded [`LinkExec`]. No message of Ballista begins so: the first byte would be the tag of a field of a
/// wire type that there is not.
const MARK: &[u8; 8] = b"\x07D06LNK1";

/// Carries [`LinkExec`] between client, scheduler and executors, and leaves everything else to Ballista's codec.
#[derive(Debug, Default)]
pub struct Codec {
    ballista: BallistaPhysicalExtensionCodec,
    site: Option<Arc<Site>>,
}

impl Codec {
    /// For an executor: operators that arrive link at this site.
    pub fn at(site: Arc<Site>) -> Self {
        Self { ballista: BallistaPhysicalExtensionCodec::default(), site: Some(site) }
    }
}

impl PhysicalExtensionCodec for Codec {
    fn try_decode(
        &self,
        buf: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        ctx: &TaskContext,
        proto_converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let Some(work) = buf.strip_prefix(MARK) else {
            return self.ballista.try_decode(buf, inputs, ctx, proto_converter);
        };
        let work: Work = serde_json::from_slice(work)
            .map_err(|error| DataFusionError::Internal(format!("LinkExec cannot be read: {error}")))?;
        match inputs {
            [input] => Ok(Arc::new(LinkExec::new(Arc::new(work), Arc::clone(input), self.site.clone()))),
            _ => internal_err!("LinkExec has one input, not {}", inputs.len()),
        }
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        buf: &mut Vec<u8>,
        proto_converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        let Some(link) = node.downcast_ref::<LinkExec>() else {
            return self.ballista.try_encode(node, buf, proto_converter);
        };
        buf.extend_from_slice(MARK);
        serde_json::to_writer(buf, link.work().as_ref())
            .map_err(|error| DataFusionError::Internal(format!("LinkExec cannot be written: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Seal, from_batch, source};
    use super::*;
    use ballista_core::execution_plans::ShuffleWriterExec;
    use d06_linkage_run::Piece;
    use datafusion::physical_plan::{ExecutionPlanProperties, collect};
    use datafusion::prelude::SessionContext;
    use datafusion_proto::physical_plan::{AsExecutionPlan, DefaultPhysicalProtoConverter};
    use datafusion_proto::protobuf::PhysicalPlanNode;
    use proptest::prelude::*;

    fn pieces(rows: &[u64]) -> Vec<(u32, Piece)> {
        let mut first = 0;
        let piece = |(rows, number): (&u64, u32)| {
            let piece = Piece { first, rows: *rows, ids: first ^ 0x9e37_79b9_7f4a_7c15 };
            first += rows;
            (number, piece)
        };
        rows.iter().zip(0..).map(piece).collect()
    }

    fn there_and_back(plan: Arc<dyn ExecutionPlan>) -> Arc<dyn ExecutionPlan> {
        let codec = Codec::default();
        let mut bytes = Vec::new();
        PhysicalPlanNode::try_from_physical_plan(plan, &codec).unwrap().try_encode(&mut bytes).unwrap();
        let context = SessionContext::new().task_ctx();
        PhysicalPlanNode::try_decode(&bytes).unwrap().try_into_physical_plan(&context, &codec).unwrap()
    }

    fn pieces_of(plan: &Arc<dyn ExecutionPlan>) -> Vec<(u32, Piece)> {
        let link = plan.downcast_ref::<LinkExec>().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let batches = collect(Arc::clone(link.input()), SessionContext::new().task_ctx());
        let mut pieces: Vec<(u32, Piece)> =
            runtime.block_on(batches).unwrap().iter().flat_map(|batch| from_batch(batch).unwrap()).collect();
        pieces.sort_by_key(|(number, _)| *number);
        pieces
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_plan_comes_back_as_it_was(
            index in "[^/\0]{1,20}",
            register in prop::collection::vec("[a-zA-ZăđêôơưĐ 0-9/]{1,30}", 1..4),
            (bytes, end) in any::<(u64, u64)>(),
            rows in prop::collection::vec(1u64..100_000, 1..20),
        ) {
            let register = register.iter().map(Into::into).collect();
            let work = Work { index: index.into(), seal: Seal { bytes, end }, register };
            let pieces = pieces(&rows);
            let plan: Arc<dyn ExecutionPlan> =
                Arc::new(LinkExec::new(Arc::new(work.clone()), source(&pieces).unwrap(), None));
            let back = there_and_back(plan);
            prop_assert_eq!(back.downcast_ref::<LinkExec>().unwrap().work().as_ref(), &work);
            prop_assert_eq!(back.output_partitioning().partition_count(), rows.len());
            prop_assert_eq!(pieces_of(&back), pieces);
        }

        #[test]
        fn a_message_of_any_bytes_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let message: Vec<u8> = MARK.iter().copied().chain(bytes).collect();
            let (context, converter) = (SessionContext::new().task_ctx(), DefaultPhysicalProtoConverter {});
            let input = source(&pieces(&[1])).unwrap();
            prop_assert!(Codec::default().try_decode(&message, &[input], &context, &converter).is_err());
        }
    }

    #[test]
    fn the_plans_of_ballista_still_travel() {
        let work = Work { index: "a".into(), seal: Seal { bytes: 1, end: 2 }, register: vec!["b".into()] };
        let link = LinkExec::new(Arc::new(work), source(&pieces(&[3, 4])).unwrap(), None);
        let writer =
            ShuffleWriterExec::try_new("job".to_owned().into(), 1, Arc::new(link), String::new()).unwrap();
        let back = there_and_back(Arc::new(writer));
        assert!(back.is::<ShuffleWriterExec>());
        assert!(back.children()[0].is::<LinkExec>());
    }
}
