import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { TextDiff } from "../diff/TextDiff";
import { count, plural, shortId, time } from "../ui/format";
import { State } from "../ui/State";
import type { Side } from "./CompareRunsPage";
import { settingsThatDiffer, totalsOf, type Total } from "./totals";

/** What is known of two runs beside their steps: which they are, how they were set up, and what they came to. */
export function Summary({ left, right, differences, steps }: { left: Side; right: Side; differences: number; steps: number }) {
  const settings = settingsThatDiffer(left, right);
  const copied = [left, right].map(({ trace }) => trace.spans.filter((span) => span.isCopied).length);
  return (
    <div className="flex flex-col gap-3 border-b border-line p-3">
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        <Run name="A" side={left} other={right} />
        <Run name="B" side={right} other={left} />
        <section aria-label="Totals" className="rounded-lg border border-line bg-surface p-3 md:max-xl:col-span-2">
          <table className="num w-full">
            <caption className="sr-only">What the runs came to</caption>
            <thead>
              <tr className="text-right text-xs text-muted">
                <th scope="col" className="text-left font-medium">
                  Totals
                </th>
                <th scope="col" className="font-medium">
                  A
                </th>
                <th scope="col" className="font-medium">
                  B
                </th>
                <th scope="col" className="pl-2 font-medium">
                  B less A
                </th>
              </tr>
            </thead>
            <tbody>
              {totalsOf(left.trace, right.trace).map((total) => (
                <tr key={total.name} className="text-right">
                  <th scope="row" className="text-left font-normal text-muted">
                    {total.name}
                  </th>
                  <td className="pl-3">{total.left === null ? "–" : total.show(total.left)}</td>
                  <td className="pl-3">{total.right === null ? "–" : total.show(total.right)}</td>
                  <td className="pl-3 text-muted">{delta(total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {copied.some((spans) => spans > 0) && <p className="mt-1 text-xs text-muted">Tokens and cost of the steps that a fork took over are counted in both.</p>}
        </section>
      </div>
      <section aria-label="Settings">
        <h2 className="text-xs font-medium text-muted">How they were set up</h2>
        {settings.length === 0 ? (
          <p>Alike: the same prompt, agents, models, tools and specification.</p>
        ) : (
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
            {settings.map(({ name, before, after }) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="min-w-0">
                  <div tabIndex={0} role="group" aria-label={`${name}: how they differ`} className="scroll max-h-28 wrap-anywhere">
                    <TextDiff before={before || "none"} after={after || "none"} />
                  </div>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <p className={differences === 0 ? "font-medium text-good" : "sr-only"}>
        {differences === 0 ? `Both did the same in ${plural(steps, "step")}.` : `${plural(differences, "difference")} in ${plural(steps, "step")}.`}
      </p>
    </div>
  );
}

function Run({ name, side: { trace, details }, other }: { name: "A" | "B"; side: Side; other: Side }) {
  const workspace = useWorkspaceKey();
  const isFork = details.forkedFrom === other.trace.id;
  return (
    <section aria-label={`Run ${name}`} className="rounded-lg border border-line bg-surface p-3">
      <h2 className="flex items-center gap-2">
        <Badge of={name} />
        <Link to={`/w/${workspace}/runs/${trace.id}`} className="min-w-0 truncate font-medium hover:underline">
          {trace.agent} <span className="font-mono text-xs font-normal text-muted">{shortId(trace.id)}</span>
        </Link>
        <span className="flex-1" />
        <State of={trace.state} />
      </h2>
      <p className="num mt-1 text-xs text-muted">
        {time(trace.startedAt)}
        {details.forkedFrom && `, forked from ${isFork ? (name === "A" ? "B" : "A") : shortId(details.forkedFrom)} at entry ${count(details.forkedAt ?? 0)}`}
      </p>
      {details.prompt && <p className="mt-1 line-clamp-3 wrap-anywhere">{details.prompt}</p>}
    </section>
  );
}

/** Which of the two runs something is of. */
export function Badge({ of }: { of: "A" | "B" }) {
  return <span className="inline-flex size-5 shrink-0 items-center justify-center rounded-sm bg-sunken text-xs font-semibold">{of}</span>;
}

function delta({ left, right, show }: Total): string {
  if (left === null || right === null || left === right) return "";
  const by = right - left;
  const share = left > 0 ? `, ${by > 0 ? "+" : "−"}${Math.round((Math.abs(by) / left) * 100)} %` : "";
  return `${by > 0 ? "+" : "−"}${show(Math.abs(by))}${share}`;
}
