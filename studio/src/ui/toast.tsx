import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "./Button";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad";
}

const ShownMs = 5000;
const MostToasts = 4;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let next = 1;

/** Says something that needs no answer. An error stays until it is put away. */
export function toast(text: string, tone: Toast["tone"] = "plain"): void {
  const id = next++;
  change([...toasts, { id, text, tone }].slice(-MostToasts));
  if (tone === "plain") setTimeout(() => dismiss(id), ShownMs);
}

function dismiss(id: number): void {
  change(toasts.filter((shown) => shown.id !== id));
}

function change(value: readonly Toast[]): void {
  toasts = value;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts are shown: a live region, so that they are said too. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed right-3 bottom-16 z-50 flex w-80 max-w-[calc(100vw-24px)] flex-col gap-2 sm:bottom-3">
      {shown.map((item) => (
        <div key={item.id} className={`pointer-events-auto flex items-start gap-2 rounded-lg border border-line p-2.5 shadow-over ${item.tone === "bad" ? "bg-bad-soft text-bad" : "bg-surface"}`}>
          <p className="min-w-0 flex-1 break-words">{item.text}</p>
          <IconButton label="Dismiss" icon={<X className="size-3.5" aria-hidden />} className="size-6" onClick={() => dismiss(item.id)} />
        </div>
      ))}
    </div>
  );
}
