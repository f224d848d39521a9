import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { inWorkspace, read, write } from "../api/client";
import { useWorkspaceKey } from "../api/queries";
import type { DataSources, JobInfo, QueryResult, SearchResult, TableDetails, TableList } from "./data";

/** A table list is read in parts of this many rows. */
const PartRows = 200;
const JobsEveryMs = 2000;

/** What a job of profiling or ingestion may have changed. */
const learned = new Set(["sources", "tables", "table", "search", "sample"]);

function useData<T>(key: string, parts: string[], query = "", enabled = true) {
  const workspace = useWorkspaceKey();
  return useQuery({
    queryKey: [workspace, key, ...parts, query],
    queryFn: ({ signal }) => read<T>(inWorkspace(workspace, "data", ...parts) + query, signal),
    enabled,
    staleTime: 30_000,
  });
}

export const useSources = (enabled = true) => useData<DataSources>("sources", ["sources"], "", enabled);
export const useTable = (name: string) => useData<TableDetails>("table", ["schema", name]);
export const useSample = (table: string, limit: number) => useData<QueryResult>("sample", ["sample"], `?table=${encodeURIComponent(table)}&limit=${limit}`);

/** Tables by name; the server filters. What was found before stays until the answer is here. */
export function useTables(filter: string) {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "tables", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PartRows), ...(filter && { filter }), ...(pageParam && { cursor: pageParam }) });
      return read<TableList>(`${inWorkspace(workspace, "data", "schema")}?${query}`, signal);
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
}

export function useSearch(text: string, kind: string | null) {
  const workspace = useWorkspaceKey();
  return useInfiniteQuery({
    queryKey: [workspace, "search", text, kind],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ text, limit: "20", ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) });
      return read<SearchResult>(`${inWorkspace(workspace, "data", "search")}?${query}`, signal);
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: text !== "",
    staleTime: 30_000,
  });
}

interface RunQuery {
  sql: string;
  maxRows: number;
}

/** Runs one query at a time. What the last one returned stays until the next has an answer; whoever leaves the page stops what runs. */
export function useRunQuery() {
  const workspace = useWorkspaceKey();
  const running = useRef<AbortController | null>(null);
  const [state, setState] = useState<{ result: QueryResult | null; error: Error | null; isRunning: boolean }>({ result: null, error: null, isRunning: false });
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState((before) => ({ ...before, isRunning: false }));
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const run = (query: RunQuery) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setState((before) => ({ ...before, error: null, isRunning: true }));
    const settle = (result: QueryResult | null, error: Error | null) => !signal.aborted && setState({ result, error, isRunning: false });
    write<QueryResult>("POST", inWorkspace(workspace, "data", "query"), query, signal).then(
      (result) => settle(result, null),
      (error: Error) => settle(null, error),
    );
  };
  return { run, stop, ...state };
}

export function useJobs(enabled = true) {
  const workspace = useWorkspaceKey();
  return useQuery({
    queryKey: [workspace, "jobs"],
    queryFn: ({ signal }) => read<JobInfo[]>(inWorkspace(workspace, "jobs"), signal),
    refetchInterval: JobsEveryMs,
    enabled,
  });
}

export interface StartProfile {
  databaseId?: string;
  tables?: string[];
  sampleSize?: number;
  schemaOnly?: boolean;
  force?: boolean;
}

export interface StartIngestion {
  directory: string;
  databaseId?: string;
  extensions?: string[];
  removeMissing?: boolean;
}

function useJobWrite<Input>(act: (workspace: string, input: Input) => Promise<JobInfo>) {
  const workspace = useWorkspaceKey();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act(workspace, input),
    onSettled: () => client.invalidateQueries({ queryKey: [workspace, "jobs"] }),
  });
}

export const useStartProfile = () => useJobWrite((workspace, body: StartProfile) => write<JobInfo>("POST", inWorkspace(workspace, "data", "profile"), body));
export const useStartIngestion = () => useJobWrite((workspace, body: StartIngestion) => write<JobInfo>("POST", inWorkspace(workspace, "data", "ingest"), body));
export const useCancelJob = () => useJobWrite((workspace, id: string) => write<JobInfo>("POST", inWorkspace(workspace, "jobs", id, "cancel")));

/** Reads again what a job may have changed. */
export function useRelearn(): () => void {
  const workspace = useWorkspaceKey();
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: [workspace], predicate: ({ queryKey }) => learned.has(String(queryKey[1])) });
}
