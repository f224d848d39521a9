import { ArrowUp, Square } from "lucide-react";
import { useId, useRef } from "react";
import { useAgents } from "../api/queries";
import { leaveOnEscape, useShortcut } from "../shell/keys";
import { Button } from "../ui/Button";
import { useKept } from "../ui/useKept";

interface ComposerProps {
  /** What the draft is kept for. */
  draftOf: string;
  isRunning: boolean;
  /** Whether the run that goes on waits for a person. */
  isWaiting: boolean;
  isBusy: boolean;
  onSend: (prompt: string, agent: string | null, done: () => void) => void;
  onStop: () => void;
}

/** Where people write. It draws nothing of the conversation, so that typing stays quick while text streams in. */
export function Composer({ draftOf, isRunning, isWaiting, isBusy, onSend, onStop }: ComposerProps) {
  const [draft, setDraft] = useKept(`sluice-draft-${draftOf}`, "");
  const [agent, setAgent] = useKept<string>("sluice-agent", "");
  const agents = useAgents().data ?? [];
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcut("/", "Write to the agent", "Playground", () => field.current?.focus());
  const canSend = draft.trim() !== "" && !isRunning && !isBusy;
  const send = () => {
    if (canSend) onSend(draft, agents.some(({ name }) => name === agent) ? agent : null, () => setDraft(""));
  };
  const entry = agents.find(({ isEntry }) => isEntry);
  return (
    <form
      aria-label="Prompt"
      className="rounded-xl border border-edge bg-surface shadow-card focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        aria-label="Prompt"
        aria-describedby={hint}
        value={draft}
        rows={1}
        placeholder="Ask the agent…  /"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          leaveOnEscape(event);
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        className="scroll block field-sizing-content max-h-60 min-h-10 w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-base outline-none"
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        <select
          aria-label="Agent"
          value={agents.some(({ name }) => name === agent) ? agent : (entry?.name ?? "")}
          onChange={(event) => setAgent(event.target.value === entry?.name ? "" : event.target.value)}
          className="h-7 max-w-44 rounded-md bg-transparent px-1 text-muted hover:bg-hover"
        >
          {!entry && <option value="">Choose an agent</option>}
          {agents.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <span id={hint} className="flex-1 truncate text-xs text-muted max-sm:invisible">
          {isWaiting ? "The run waits for your decision. Your draft is kept." : isRunning ? "The agent is at work. Your draft is kept." : "Enter sends, Shift + Enter begins a line"}
        </span>
        {isRunning ? (
          <Button onClick={onStop} disabled={isBusy}>
            <Square className="size-3 fill-current" aria-hidden /> Stop
          </Button>
        ) : (
          <Button type="submit" kind="primary" disabled={!canSend}>
            <ArrowUp className="size-3.5" aria-hidden /> Send
          </Button>
        )}
      </div>
    </form>
  );
}
