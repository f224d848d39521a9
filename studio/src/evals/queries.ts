import { useInfiniteQuery } from "@tanstack/react-query";
import { inWorkspace, read, write } from "../api/client";
import { useRead, useWorkspaceKey, useWrite } from "../api/queries";
import type { Page } from "../api/types";
import type { EvalArtifact, EvalComparison, EvalConfig, EvalDataset, EvalInfo, SampleResult } from "./types";

const ListEveryMs = 5000;
const EvalEveryMs = 3000;

export interface StartEval {
  name?: string;
  tests?: string[];
  tag?: string;
  config: Partial<EvalConfig>;
  useScripts: boolean;
}

/** The evals, newest first, page by page. */
export function useEvals() {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "evals"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read<Page<EvalInfo>>(`${inWorkspace(workspace, "evals")}?limit=50${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ListEveryMs,
  });
}

/** One eval; read again while it goes on, in case its messages do not come. */
export const useEval = (id: string) => useRead<EvalInfo>("eval", ["evals", id], "", { every: EvalEveryMs });
export const useEvalDataset = (id: string) => useRead<EvalDataset>("eval-dataset", ["evals", id, "dataset"], "", { isFixed: true });
export const useArtifact = (id: string, enabled: boolean) => useRead<EvalArtifact>("artifact", ["evals", id, "artifact"], "", { enabled, isFixed: true });
/** The samples that ended of an eval that did not. */
export const useEndedSamples = (id: string, enabled: boolean) => useRead<SampleResult[]>("eval-samples", ["evals", id, "samples"], "", { enabled });
export const useComparison = (baseline: string, candidate: string) =>
  useRead<EvalComparison>("comparison", ["evals", "compare"], `?${new URLSearchParams({ baseline, candidate })}`, {
    enabled: baseline !== "" && candidate !== "",
    isFixed: true,
  });

export const useStartEval = () => useWrite((workspace, body: StartEval) => write<EvalInfo>("POST", inWorkspace(workspace, "evals"), body));
export const useResumeEval = () => useWrite((workspace, id: string) => write<EvalInfo>("POST", inWorkspace(workspace, "evals", id, "resume")));
export const useRemoveEval = () => useWrite((workspace, id: string) => write<EvalInfo>("DELETE", inWorkspace(workspace, "evals", id)));
export const useCancelJob = () => useWrite((workspace, job: string) => write<object>("POST", inWorkspace(workspace, "jobs", job, "cancel")));
