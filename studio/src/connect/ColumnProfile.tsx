import { count, plural } from "../ui/format";
import type { ColumnInfo, Profile } from "./data";
import { ShareBar } from "./Distribution";
import { inline, percent } from "./format";

/** Everything that is known of a column's values. */
export function ColumnProfile({ column }: { column: ColumnInfo }) {
  const profile = column.profile ?? null;
  return (
    <div className="flex flex-col gap-3 bg-surface px-3 py-3 sm:pl-10">
      {column.description && <p className="max-w-3xl break-words whitespace-pre-line">{column.description}</p>}
      {profile ? (
        <>
          <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
            <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-0.5">
              {factsOf(column, profile).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-muted">{name}</dt>
                  <dd className="num min-w-0 break-words">{value}</dd>
                </div>
              ))}
            </dl>
            <Values profile={profile} />
          </div>
          <p className="text-xs text-muted">
            {profile.isSample ? `Values are of ${plural(profile.scannedRows, "row")} sampled from ${count(profile.rows)}; nulls are of all rows.` : `Of all ${plural(profile.rows, "row")}.`}
          </p>
        </>
      ) : (
        <p className="text-muted">Nothing is known of its values: profile the table.</p>
      )}
    </div>
  );
}

function Values({ profile }: { profile: Profile }) {
  if (profile.personalData) {
    return <p className="text-muted">Its values are personal data ({profile.personalData.replaceAll("_", " ")}) and are not kept.</p>;
  }
  const top = profile.topValues ?? [];
  if (top.length === 0) return null;
  return (
    <div>
      <h2 className="mb-1 text-xs font-semibold text-muted">Frequent values</h2>
      <ol className="flex flex-col gap-0.5">
        {top.slice(0, 10).map(({ value, count: rows, share }) => (
          <li key={JSON.stringify(value)} className="grid grid-cols-[minmax(0,1fr)_5rem_7rem] items-center gap-2">
            <span className="truncate font-mono text-xs" title={inline(value)}>
              {value === "" ? <span className="text-muted">empty text</span> : inline(value)}
            </span>
            <span className="flex">
              <ShareBar share={share} />
            </span>
            <span className="num text-right text-xs text-muted">
              {count(rows)} · {percent(share)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function factsOf({ nullable }: ColumnInfo, profile: Profile): [string, string][] {
  const facts: [string, string][] = [["Null", `${percent(profile.nullShare ?? 0)}, ${plural(profile.nullCount ?? 0, "row")}${nullable === false ? " (not allowed)" : ""}`]];
  const add = (name: string, value: unknown, text: () => string) => {
    if (value !== null && value !== undefined) facts.push([name, text()]);
  };
  add("Distinct", profile.distinctCount, () => `${profile.isDistinctEstimate ? "about " : ""}${count(profile.distinctCount!)}`);
  add("Range", profile.min, () => `${inline(profile.min)} to ${inline(profile.max)}`);
  add("Quartiles", profile.quartiles, () => profile.quartiles!.map(inline).join(" · "));
  add("Mean", profile.mean, () => inline(profile.mean) + (profile.standardDeviation !== null && profile.standardDeviation !== undefined ? ` ± ${inline(profile.standardDeviation)}` : ""));
  add("Length", profile.minLength, () => `${count(profile.minLength!)} to ${count(profile.maxLength ?? profile.minLength!)} characters`);
  add("Empty texts", profile.emptyCount || null, () => count(profile.emptyCount!));
  add("Blanks only", profile.blankCount || null, () => count(profile.blankCount!));
  add("Formats", profile.formats?.length || null, () => profile.formats!.map(({ format, share }) => `${format.replaceAll("_", " ")} ${percent(share)}`).join(", "));
  add("Patterns", profile.masks?.length || null, () => profile.masks!.slice(0, 5).map(({ mask, share }) => `${mask} ${percent(share)}`).join(", "));
  add("Stored as", profile.storedTypes, () => Object.entries(profile.storedTypes!).map(([type, rows]) => `${type} ${count(rows)}`).join(", "));
  return facts;
}
