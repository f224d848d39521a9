import { percent } from "./outcome";
import type { Proportion } from "./types";

/** A share with its 95 % interval, as figures and as a bar on which the interval is drawn. */
export function Rate({ of }: { of: Proportion }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span className="num font-medium">{percent(of.value)}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-20 max-sm:hidden" aria-hidden>
        <rect width="100" height="8" rx="1" className="fill-hover" />
        <rect x={of.lower * 100} y="2" width={Math.max(1, (of.upper - of.lower) * 100)} height="4" className="fill-edge" />
        <rect x={Math.min(98, of.value * 100)} width="2" height="8" className="fill-text" />
      </svg>
      <span className="num text-xs text-muted max-lg:sr-only">
        {percent(of.lower)} to {percent(of.upper)}
      </span>
    </span>
  );
}
