import { useInfiniteQuery } from "@tanstack/react-query";
import { inWorkspace, read, write } from "../api/client";
import { useRead, useWorkspaceKey, useWrite } from "../api/queries";
import type { Page } from "../api/types";
import type { EvalConfig, EvalInfo, SampleOutput, ScoredSample, TestCase, TestDocument } from "../evals/types";

/** What a case makes of a run. */
export interface ScoredRun {
  scores: ScoredSample;
  output: SampleOutput;
}

const PageSize = 200;

/** The test cases by id, all of them. */
export function useTests() {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "tests"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<Page<TestDocument>>(`${inWorkspace(workspace, "tests")}?limit=${PageSize}${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export const useTest = (id: string, enabled: boolean) => useRead<TestDocument>("test", ["tests", id], "", { enabled });

/** The versions of a case, newest first. */
export const useTestVersions = (id: string, enabled: boolean) => useRead<TestDocument[]>("test-versions", ["tests", id, "versions"], "", { enabled });

export const useSaveTest = () =>
  useWrite((workspace, { id, version, case: testCase }: { id: string; version: number; case: TestCase }) =>
    write<TestDocument>("PUT", inWorkspace(workspace, "tests", id), { version, case: testCase }),
  );

export const useRemoveTest = () =>
  useWrite((workspace, { id, version }: { id: string; version: number }) =>
    write<TestDocument>("DELETE", `${inWorkspace(workspace, "tests", id)}?version=${version}`),
  );

export const useTryTest = () =>
  useWrite((workspace, { id, ...body }: { id: string; config?: Partial<EvalConfig>; useScripts?: boolean }) =>
    write<EvalInfo>("POST", inWorkspace(workspace, "tests", id, "try"), body),
  );
