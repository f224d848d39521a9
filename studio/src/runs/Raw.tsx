import { Download } from "lucide-react";
import type { RunEvent } from "../api/events";
import type { Json as JsonValue, RunDetails } from "../api/types";
import { Button } from "../ui/Button";
import { Json } from "../ui/Json";

/** The run as the API has it. */
export function Raw({ events, details }: { events: readonly RunEvent[]; details: RunDetails | undefined }) {
  const download = () => {
    const lines = events.map((event) => JSON.stringify(event)).join("\n");
    const url = URL.createObjectURL(new Blob([`${lines}\n`], { type: "application/jsonl" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${details?.run.runId ?? "run"}.jsonl`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div tabIndex={0} role="region" aria-label="Raw" className="scroll flex min-h-0 flex-1 flex-col gap-3 p-3">
      <div>
        <Button onClick={download}>
          <Download className="size-3.5" aria-hidden /> Events as JSON lines
        </Button>
      </div>
      {details && <Json value={details as unknown as JsonValue} label="run" isPage />}
    </div>
  );
}
