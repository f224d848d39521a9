-- Which sample of which eval a run is. No append but the first names these columns, and runs that are no samples are in neither index.
ALTER TABLE runs ADD COLUMN eval_run_id TEXT;
ALTER TABLE runs ADD COLUMN test_case_id TEXT;
ALTER TABLE runs ADD COLUMN sample INTEGER;
CREATE INDEX runs_by_eval ON runs (tenant, eval_run_id, started_at, run_id) WHERE eval_run_id IS NOT NULL;
CREATE INDEX runs_by_test_case ON runs (tenant, test_case_id, started_at, run_id) WHERE test_case_id IS NOT NULL;
