import type { Profile } from "./data";
import { inline, percent } from "./format";

const MostParts = 6;
const MostDistinct = 50;

/** A share of all rows as a bar. */
export function ShareBar({ share, tone = "accent" }: { share: number; tone?: "accent" | "warn" }) {
  return (
    <span aria-hidden className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-hover">
      <span className={`block h-full rounded-full ${tone === "warn" ? "bg-warn" : "bg-accent"}`} style={{ width: `${Math.max(share > 0 ? 2 : 0, share * 100)}%` }} />
    </span>
  );
}

/** How a column's values are spread, on one line: its frequent values, or the range of its numbers and dates. */
export function Distribution({ profile }: { profile: Profile }) {
  const top = profile.topValues ?? [];
  const isOfFew = top.length > 0 && (profile.isEnum || (profile.distinctCount ?? Infinity) <= MostDistinct || top[0]!.share >= 0.05);
  if (isOfFew) return <TopShares values={top} />;
  const places = placesOf(profile);
  if (places) return <Range profile={profile} places={places} />;
  if (profile.personalData) return <span className="text-xs text-muted">withheld</span>;
  if (top[0]) return <span className="block truncate text-xs text-muted">{`such as ${inline(top[0].value)}`}</span>;
  return <span className="text-xs text-muted">–</span>;
}

function TopShares({ values }: { values: NonNullable<Profile["topValues"]> }) {
  const shown = values.slice(0, MostParts);
  const said = shown.map(({ value, share }) => `${inline(value)} ${percent(share)}`).join(", ");
  return (
    <span className="flex items-center gap-2" title={said}>
      <span aria-hidden className="flex h-2.5 w-20 shrink-0 gap-px overflow-hidden rounded-sm bg-hover">
        {shown.map(({ share }, index) => (
          <span key={index} className="h-full bg-accent" style={{ width: `${share * 100}%`, opacity: 1 - index * 0.14 }} />
        ))}
      </span>
      <span className="truncate text-xs text-muted">{inline(shown[0]!.value)}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}

/** From the smallest to the largest, with the middle half of the rows as a box. */
function Range({ profile, places: [low, middle, high] }: { profile: Profile; places: [number, number, number] }) {
  const said = `${inline(profile.min)} to ${inline(profile.max)}, median ${inline(profile.quartiles![1])}`;
  return (
    <span className="flex items-center gap-2" title={said}>
      <svg aria-hidden viewBox="0 0 80 12" className="h-3 w-20 shrink-0">
        <line x1={1} x2={79} y1={6} y2={6} className="stroke-edge" />
        <line x1={1} x2={1} y1={3} y2={9} className="stroke-edge" />
        <line x1={79} x2={79} y1={3} y2={9} className="stroke-edge" />
        <rect x={1 + low * 78} y={2} width={Math.max(2, (high - low) * 78)} height={8} rx={1.5} className="fill-accent" fillOpacity={0.45} />
        <line x1={1 + middle * 78} x2={1 + middle * 78} y1={1} y2={11} strokeWidth={2} className="stroke-accent" />
      </svg>
      <span className="num truncate text-xs text-muted">{inline(profile.quartiles![1])}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}

/** Where the quartiles stand between the smallest and the largest, 0 to 1; null: they have no such places. */
export function placesOf({ min, max, quartiles }: Profile): [number, number, number] | null {
  const [from, to] = [numberOf(min), numberOf(max)];
  const places = quartiles?.map(numberOf) ?? [];
  if (from === null || to === null || from === to || places.length !== 3) return null;
  if (!places.every((place) => place !== null)) return null;
  return places.map((place) => Math.min(1, Math.max(0, (place - from) / (to - from)))) as [number, number, number];
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return null;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const date = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? null : date;
}
