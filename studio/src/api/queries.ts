import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { fetchStatus, inWorkspace, read, write } from "./client";
import type {
  AgentSummary,
  ApprovalRequest,
  AuditReport,
  Decide,
  JournalLine,
  Page,
  ReferenceEnvelope,
  RunAudit,
  RunDetails,
  RunRecord,
  RunSummary,
  RunState,
  RuntimeInfo,
  StartedRun,
  ThreadDetails,
  ThreadSummary,
  Trace,
  Json,
} from "./types";

const StatusEveryMs = 5000;
// Lists are read when the server says that they changed; this is for what it could not say.
const ListEveryMs = 20_000;

/** The workspace of the address. */
export function useWorkspaceKey(): string {
  return useParams()["workspace"] ?? "";
}

export function useStatus() {
  return useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: StatusEveryMs,
    retry: false,
  });
}

/** Reads something of the workspace. */
export function useRead<T>(key: string, path: string[], query = "", options: { every?: number | ((known: T | undefined) => number | false); enabled?: boolean; isFixed?: boolean } = {}) {
  const workspace = useWorkspaceKey();
  return useQuery({
    queryKey: [workspace, key, ...path, query],
    queryFn: ({ signal }) => read<T>(inWorkspace(workspace, ...path) + query, signal),
    refetchInterval: typeof options.every === "function" ? ({ state }) => (options.every as (known: T | undefined) => number | false)(state.data) : (options.every ?? false),
    enabled: options.enabled ?? true,
    ...(options.isFixed ? { staleTime: Infinity } : {}),
  });
}

export const useRuntimeInfo = () => useRead<RuntimeInfo>("runtime", ["runtime"], "", { isFixed: true });
export const useAgents = () => useRead<AgentSummary[]>("agents", ["agents"], "", { isFixed: true });
export const useThreads = () => useRead<Page<ThreadSummary>>("threads", ["threads"], "?limit=100", { every: ListEveryMs });
export function useThreadPages() {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "threads", "pages"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read<Page<ThreadSummary>>(`${inWorkspace(workspace, "threads")}?limit=100${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ListEveryMs,
  });
}

export const useThread = (id: string | null) => useRead<ThreadDetails>("thread", ["threads", id ?? ""], "", { enabled: id !== null, every: ListEveryMs });
/** What has waited longest: enough to tell how much there is. */
export const useWaiting = () => useRead<Page<ApprovalRequest>>("approvals", ["approvals"], "?limit=100", { every: ListEveryMs });
export const useApproval = (id: string, enabled = true) => useRead<ApprovalRequest>("approval", ["approvals", id], "", { enabled });
export const useRunDetails = (id: string, version: number) => useRead<RunDetails>("run", ["runs", id], version > 0 ? `?at=${version}` : "");
export const useTrace = (id: string, version: number) => useRead<Trace>("trace", ["runs", id, "trace"], `?content=true&at=${version}`);
export const useAudit = (id: string, version: number) => useRead<RunAudit>("audit", ["runs", id, "audit"], `?at=${version}`);
export const useVerification = (id: string, version: number) => useRead<AuditReport>("verification", ["runs", id, "verification"], `?at=${version}`);
export const useReference = (kind: string, id: string, enabled: boolean) =>
  useRead<ReferenceEnvelope>("reference", ["references", kind, id], "", { enabled });
export const useReferenceValue = (kind: string, id: string, enabled: boolean) =>
  useRead<Json>("reference-value", ["references", kind, id, "value"], "", { enabled, isFixed: true });

export function useRuns(filter: { state: RunState | null; thread: string | null }) {
  const workspace = useWorkspaceKey();
  const query = new URLSearchParams({ limit: "100" });
  if (filter.state) query.set("state", filter.state);
  if (filter.thread) query.set("thread", filter.thread);
  return useInfiniteQuery({
    queryKey: [workspace, "runs", query.toString()],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<Page<RunSummary>>(`${inWorkspace(workspace, "runs")}?${query}${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Requests that wait, oldest first, or those that are answered, newest first. */
export function useApprovals(which: "waiting" | "answered") {
  const workspace = useWorkspaceKey();
  const query = which === "waiting" ? "?limit=50" : "?closed=true&newest=true&limit=50";
  return useInfiniteQuery({
    queryKey: [workspace, "approvals", "pages", query],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<Page<ApprovalRequest>>(`${inWorkspace(workspace, "approvals")}${query}${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ListEveryMs,
  });
}

/** The first page of the same list, again and again: what is new there waits until it is asked for. */
export function useNewestRuns(filter: { state: RunState | null; thread: string | null }) {
  const query = new URLSearchParams({ limit: "100" });
  if (filter.state) query.set("state", filter.state);
  if (filter.thread) query.set("thread", filter.thread);
  return useRead<Page<RunSummary>>("newest-runs", ["runs"], `?${query}`, { every: ListEveryMs });
}

export function useJournal(id: string, version: number) {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "journal", id, version],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<Page<JournalLine>>(`${inWorkspace(workspace, "runs", id, "journal")}?limit=200${pageParam && `&cursor=${pageParam}`}`, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Something that is done in a workspace; lists that it may have changed are read again. */
export function useWrite<Input, Output>(act: (workspace: string, input: Input) => Promise<Output>) {
  const workspace = useWorkspaceKey();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act(workspace, input),
    onSettled: () => client.invalidateQueries({ queryKey: [workspace], predicate: ({ queryKey }) => changing.has(String(queryKey[1])) }),
  });
}

/** What is read again when something changes anywhere in the workspace. */
export const lists: ReadonlySet<string> = new Set(["threads", "thread", "approvals", "approval", "newest-runs", "plan", "plan-versions"]);

/** What is read again after something was done here. */
const changing: ReadonlySet<string> = new Set([...lists, "runs", "run", "tests", "test-versions", "evals", "eval"]);

export const useStartRun = () =>
  useWrite((workspace, { thread, ...body }: { thread: string; prompt: string; agent?: string; runId: string }) =>
    write<StartedRun>("POST", inWorkspace(workspace, "threads", thread, "runs"), body),
  );

export const useDecide = () =>
  useWrite((workspace, { id, ...body }: { id: string } & Decide) => write<ApprovalRequest>("POST", inWorkspace(workspace, "approvals", id), body));

export const useCancelRun = () => useWrite((workspace, id: string) => write<RunRecord>("POST", inWorkspace(workspace, "runs", id, "cancel")));

export const useResumeRun = () => useWrite((workspace, id: string) => write<StartedRun>("POST", inWorkspace(workspace, "runs", id, "resume")));

export const useForkRun = () =>
  useWrite((workspace, { id, ...body }: { id: string; atEntry: number; effects: "from_record" | "run" }) =>
    write<StartedRun>("POST", inWorkspace(workspace, "runs", id, "fork"), body),
  );

export const useDeleteThread = () => useWrite((workspace, id: string) => write<{ runs: number }>("DELETE", inWorkspace(workspace, "threads", id)));

export const useRenameThread = () =>
  useWrite((workspace, { id, title }: { id: string; title: string }) =>
    write<ThreadDetails>("PATCH", inWorkspace(workspace, "threads", id), { title }),
  );
