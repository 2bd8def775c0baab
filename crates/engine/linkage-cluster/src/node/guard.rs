//! An executor of linkage runs linkage and nothing else.
//!
//! Ballista's ports know no passwords, and a plan of DataFusion can read any file that its process can. Whoever reaches
//! the ports of this executor can have registers linked, and no other file read.

use crate::operator::LinkExec;
use ballista_core::JobId;
use ballista_core::execution_plans::ShuffleWriterExec;
use ballista_executor::execution_engine::{DefaultExecutionEngine, ExecutionEngine, QueryStageExecutor};
use datafusion::common::plan_err;
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionConfig;
use std::any::Any;
use std::sync::Arc;

/// Admits a [`LinkExec`] over a table in memory, as a stage of a job.
#[derive(Default)]
pub(super) struct Guard(DefaultExecutionEngine);

impl ExecutionEngine for Guard {
    fn create_query_stage_exec(
        &self,
        job_id: JobId,
        stage_id: usize,
        task_id: usize,
        global_output_partition_ids: Vec<usize>,
        plan: Arc<dyn ExecutionPlan>,
        work_dir: &str,
        config: &SessionConfig,
    ) -> Result<Arc<dyn QueryStageExecutor>> {
        if !is_linkage(&plan) {
            return plan_err!("this executor runs linkage only");
        }
        self.0.create_query_stage_exec(
            job_id,
            stage_id,
            task_id,
            global_output_partition_ids,
            plan,
            work_dir,
            config,
        )
    }
}

fn is_linkage(plan: &Arc<dyn ExecutionPlan>) -> bool {
    plan.is::<ShuffleWriterExec>() && matches!(plan.children().as_slice(), [link] if is_link(link))
}

fn is_link(plan: &Arc<dyn ExecutionPlan>) -> bool {
    plan.downcast_ref::<LinkExec>()
        .and_then(|link| link.input().downcast_ref::<DataSourceExec>())
        .is_some_and(|source| {
            let source: &dyn Any = source.data_source().as_ref();
            source.is::<MemorySourceConfig>()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::{Seal, Work, source};
    use d06_linkage_run::Piece;
    use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;

    #[test]
    fn only_linkage_is_admitted() {
        let pieces = source(&[(0, Piece { first: 0, rows: 1, ids: 0 })]).unwrap();
        let work = Work { index: "a".into(), seal: Seal { bytes: 1, end: 2 }, register: vec!["b".into()] };
        let link = |input| -> Arc<dyn ExecutionPlan> {
            Arc::new(LinkExec::new(Arc::new(work.clone()), input, None))
        };
        let stage = |plan: Arc<dyn ExecutionPlan>| -> Arc<dyn ExecutionPlan> {
            Arc::new(ShuffleWriterExec::try_new("job".to_owned().into(), 1, plan, String::new()).unwrap())
        };
        assert!(is_linkage(&stage(link(Arc::clone(&pieces)))));
        assert!(!is_linkage(&link(Arc::clone(&pieces))), "no stage");
        assert!(!is_linkage(&stage(Arc::clone(&pieces))), "nothing is linked");
        let joined: Arc<dyn ExecutionPlan> = Arc::new(CoalescePartitionsExec::new(pieces));
        assert!(!is_linkage(&stage(link(joined))), "something below that is not a table");
    }
}
