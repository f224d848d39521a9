import { useMemo } from "react";
import { diffWords } from "./diff";

/** Two texts in one: what is gone is struck out, what is new is marked. */
export function TextDiff({ before, after, isMono = false }: { before: string; after: string; isMono?: boolean }) {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <div className={`break-words whitespace-pre-wrap ${isMono ? "font-mono text-xs" : ""}`}>
      {parts.map(({ kind, text }, index) =>
        kind === "same" ? (
          <span key={index}>{text}</span>
        ) : kind === "removed" ? (
          <del key={index} className="rounded-xs bg-bad-soft text-bad">
            {text}
          </del>
        ) : (
          <ins key={index} className="rounded-xs bg-good-soft text-good">
            {text}
          </ins>
        ),
      )}
    </div>
  );
}
