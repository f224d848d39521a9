import type { Outcome } from "./outcome";
import { looks } from "./outcome";

/** An outcome as icon, word and colour. */
export function Mark({ of, label, iconOnly = false }: { of: Outcome; label?: string; iconOnly?: boolean }) {
  const { icon: Icon, word, text } = looks[of];
  return (
    <span data-state={of} className={`inline-flex shrink-0 items-center gap-1 align-middle text-xs font-medium whitespace-nowrap ${text}`}>
      <Icon className={`size-3.5 ${of === "running" ? "animate-spin" : ""}`} aria-hidden />
      <span className={iconOnly ? "sr-only" : ""}>{label ?? word}</span>
    </span>
  );
}
