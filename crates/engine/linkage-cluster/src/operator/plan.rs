//! The operator as a physical plan of DataFusion.

use super::{Answer, Work, from_batch};
use crate::node::Site;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{DataFusionError, plan_err};
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, Partitioning, PlanProperties,
    ReplaceChildrenOptions,
};
use futures::{StreamExt, TryStreamExt, stream};
use std::fmt::{Formatter, Result as Written};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Begins the message of a fault that another attempt would meet again.
pub(crate) const REFUSED: &str = "linkage refused";

/// Links the pieces of a register that its input names, one after the other.
///
/// On an executor it holds the [`Site`] it links at. Clients and schedulers only carry it, and cannot run it.
#[derive(Debug)]
pub struct LinkExec {
    work: Arc<Work>,
    input: Arc<dyn ExecutionPlan>,
    site: Option<Arc<Site>>,
    properties: Arc<PlanProperties>,
}

impl LinkExec {
    /// Over a table of pieces, one partition per task.
    pub fn new(work: Arc<Work>, input: Arc<dyn ExecutionPlan>, site: Option<Arc<Site>>) -> Self {
        let partitions = input.output_partitioning().partition_count();
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(Answer::schema()),
            Partitioning::UnknownPartitioning(partitions),
            EmissionType::Incremental,
            Boundedness::Bounded,
        ));
        Self { work, input, site, properties }
    }

    /// What is linked.
    pub fn work(&self) -> &Arc<Work> {
        &self.work
    }

    /// The table of pieces.
    pub fn input(&self) -> &Arc<dyn ExecutionPlan> {
        &self.input
    }
}

impl DisplayAs for LinkExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut Formatter<'_>) -> Written {
        let partitions = self.properties.output_partitioning().partition_count();
        write!(f, "LinkExec: index={}, pieces={partitions}", self.work.index.display())
    }
}

impl ExecutionPlan for LinkExec {
    fn name(&self) -> &'static str {
        "LinkExec"
    }

    fn schema(&self) -> SchemaRef {
        Answer::schema()
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        // The client has cut the register; nothing may be cut or joined again.
        vec![false]
    }

    fn apply_expressions(
        &self,
        _f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
        _options: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        match (children.pop(), children.is_empty()) {
            (Some(input), true) => Ok(Arc::new(Self::new(Arc::clone(&self.work), input, self.site.clone()))),
            _ => plan_err!("LinkExec has one input"),
        }
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        use datafusion::physical_plan::ChildrenPropertiesMode;
        self.replace_children(children, ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute))
    }

    fn execute(&self, partition: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let Some(site) = self.site.clone() else {
            return plan_err!("LinkExec can only be run by an executor of linkage");
        };
        let work = Arc::clone(&self.work);
        let pieces = self.input.execute(partition, context)?;
        let answers = pieces.then(move |batch| link(Arc::clone(&site), Arc::clone(&work), batch));
        let answers = answers.map_ok(|batches| stream::iter(batches.into_iter().map(Ok))).try_flatten();
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), answers)))
    }
}

/// Links the pieces of a batch on a thread that may be kept busy. A task that is dropped stops at its next report.
async fn link(site: Arc<Site>, work: Arc<Work>, batch: Result<RecordBatch>) -> Result<Vec<RecordBatch>> {
    let pieces = from_batch(&batch?)?;
    let stop = StopWhenDropped(Arc::new(AtomicBool::new(false)));
    let stopped = Arc::clone(&stop.0);
    let linked = tokio::task::spawn_blocking(move || -> Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        for (number, piece) in pieces {
            let answer = site.link(&work, number, &piece, &stopped);
            let answer = answer.map_err(|error| DataFusionError::Execution(format!("{REFUSED}: {error}")))?;
            batches.extend(answer.batches()?);
        }
        Ok(batches)
    });
    let linked = linked.await;
    drop(stop);
    linked.map_err(|error| DataFusionError::Execution(format!("linking ended early: {error}")))?
}

struct StopWhenDropped(Arc<AtomicBool>);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
