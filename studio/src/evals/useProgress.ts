import { useEffect, useState } from "react";
import { apiUrl, inWorkspace } from "../api/client";
import { useWorkspaceKey } from "../api/queries";
import { foldProgress, nothingYet, type Progress } from "./progress";
import type { EvalMessage } from "./types";

/** Follows the job of an eval, from its beginning, at most once per frame of the screen. A job that nobody remembers tells nothing. */
export function useProgress(jobId: string | null): Progress {
  const workspace = useWorkspaceKey();
  const [shown, setShown] = useState({ jobId, progress: nothingYet });
  useEffect(() => {
    if (jobId === null) return;
    let waiting: EvalMessage[] = [];
    let frame = 0;
    const flush = () => {
      frame = 0;
      const messages = waiting;
      waiting = [];
      setShown((before) => ({ jobId, progress: foldProgress(before.jobId === jobId ? before.progress : nothingYet, messages) }));
    };
    // The browser connects anew by itself, and names the last message it has.
    const source = new EventSource(apiUrl(inWorkspace(workspace, "jobs", jobId, "progress")));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      waiting.push(JSON.parse(data) as EvalMessage);
      frame ||= requestAnimationFrame(flush);
    };
    source.addEventListener("end", () => source.close());
    return () => {
      source.close();
      cancelAnimationFrame(frame);
      setShown({ jobId: null, progress: nothingYet });
    };
  }, [workspace, jobId]);
  return shown.jobId === jobId ? shown.progress : nothingYet;
}
