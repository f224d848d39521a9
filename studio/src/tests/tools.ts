import { useQueries } from "@tanstack/react-query";
import { inWorkspace, read } from "../api/client";
import { useAgents, useWorkspaceKey } from "../api/queries";

/** The names of all tools that agents of the workspace have. */
export function useToolNames(): string[] {
  const workspace = useWorkspaceKey();
  const agents = useAgents().data ?? [];
  return useQueries({
    queries: agents.map(({ name }) => ({
      queryKey: [workspace, "agent", name],
      queryFn: ({ signal }: { signal: AbortSignal }) => read<{ tools: { name: string }[] }>(inWorkspace(workspace, "agents", name), signal),
      staleTime: Infinity,
    })),
    combine: (results) => [...new Set(results.flatMap(({ data }) => data?.tools.map(({ name }) => name) ?? []))].sort(),
  });
}
