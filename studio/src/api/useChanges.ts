import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiUrl, inWorkspace } from "./client";
import { lists } from "./queries";

const GatherMs = 200;
const RetryMs = 3000;

/**
 * Reads the lists of a workspace again whenever the server says that something in it changed. A tab that nobody sees does not listen: browsers
 * allow six connections to a server for all tabs together.
 */
export function useChanges(workspace: string): void {
  const client = useQueryClient();
  useEffect(() => {
    if (workspace === "") return;
    let source: EventSource | null = null;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let retrying: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void client.invalidateQueries({ queryKey: [workspace], predicate: ({ queryKey }) => lists.has(String(queryKey[1])) });
      }, GatherMs);
    };
    const listen = () => {
      if (document.hidden) return;
      source = new EventSource(apiUrl(inWorkspace(workspace, "changes")));
      source.addEventListener("ready", onChange);
      source.onmessage = onChange;
      source.onerror = () => {
        source?.close();
        retrying = setTimeout(listen, RetryMs);
      };
    };
    const stop = () => {
      clearTimeout(retrying);
      source?.close();
    };
    const onVisibility = () => {
      stop();
      listen();
    };
    listen();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearTimeout(gathering);
      stop();
    };
  }, [client, workspace]);
}
