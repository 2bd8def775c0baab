//! Pieces to the scheduler, batches of answers back.

use crate::operator::{Codec, LinkExec, REFUSED, Work, source};
use ballista_core::execution_plans::execute_physical_plan;
use ballista_core::extension::SessionConfigExt;
use d06_linkage_run::Piece;
use datafusion::arrow::array::RecordBatch;
use datafusion::common::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionConfig;
use datafusion_proto::physical_plan::PhysicalExtensionCodec;
use datafusion_proto::protobuf::PhysicalPlanNode;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt, stream};
use std::sync::Arc;

/// One task per piece: what an executor loses is one piece per slot.
const ONE_PIECE: (&str, &str) = ("ballista.scheduler.max_partitions_per_task", "1");

/// The scheduler of a cluster, and what is linked there.
pub(super) struct Scheduler {
    url: String,
    work: Arc<Work>,
}

/// Why pieces did not come back.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// What the cluster said.
    pub(super) message: String,
    /// Whether another attempt would meet it again.
    pub(super) is_final: bool,
}

impl From<DataFusionError> for Fault {
    fn from(error: DataFusionError) -> Self {
        let message = error.to_string();
        // What follows the mark is what the executor said; what stands before it are wrappings of the cluster.
        match message.split_once(REFUSED) {
            Some((_, said)) => {
                let said = said.trim_start_matches([':', ' ']).trim_end_matches(['"', ')', '}', ' ']);
                Self { message: said.to_owned(), is_final: true }
            }
            None => Self { message, is_final: false },
        }
    }
}

impl Scheduler {
    pub(super) fn new(address: &str, work: Work) -> Self {
        Self { url: format!("http://{address}"), work: Arc::new(work) }
    }

    /// Submits pieces as one job. The batches come when all of them are linked, those of one piece one after the other.
    pub(super) fn submit(
        self: &Arc<Self>,
        pieces: Vec<(u32, Piece)>,
    ) -> BoxStream<'static, Result<RecordBatch, Fault>> {
        let scheduler = Arc::clone(self);
        let batches = async move { scheduler.execute(&pieces).await };
        stream::once(batches).try_flatten().map_err(Fault::from).boxed()
    }

    async fn execute(&self, pieces: &[(u32, Piece)]) -> Result<SendableRecordBatchStream, DataFusionError> {
        let codec: Arc<dyn PhysicalExtensionCodec> = Arc::new(Codec::default());
        let plan: Arc<dyn ExecutionPlan> =
            Arc::new(LinkExec::new(Arc::clone(&self.work), source(pieces)?, None));
        let config = SessionConfig::new_with_ballista().set_str(ONE_PIECE.0, ONE_PIECE.1);
        // The folder of the index has a name of its own for every job.
        let session = self.work.index.display().to_string();
        execute_physical_plan::<PhysicalPlanNode>(
            self.url.clone(),
            &config.ballista_config(),
            plan,
            codec.as_ref(),
            session,
            config.with_ballista_physical_extension_codec(Arc::clone(&codec)),
        )
        .await
    }
}
