import { Link, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { usePageTitle } from "../shell/usePageTitle";
import { Pill } from "../ui/Form";
import { count, plural } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { useNow } from "../ui/useNow";
import { useUsage } from "./queries";
import { costText, everyDay, shortCount, type UsageReport, type UsageRow } from "./usage";

const spans = [1, 7, 30, 90] as const;

/** What the models of a workspace used: by day, by agent, by model. */
export default function UsagePage() {
  usePageTitle("Usage");
  const [parameters, setParameters] = useSearchParams();
  const days = spans.find((known) => String(known) === parameters.get("days")) ?? 30;
  const usage = useUsage(days);
  return (
    <>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        <h1 className="font-semibold">Usage</h1>
        <div role="group" aria-label="Days" className="flex gap-1">
          {spans.map((span) => (
            <Pill key={span} isOn={days === span} onClick={() => setParameters(span === 30 ? {} : { days: String(span) }, { replace: true })}>
              {span === 1 ? "today" : `${span} days`}
            </Pill>
          ))}
        </div>
        <span className="flex-1" />
        <span className="text-xs text-muted">days are UTC</span>
      </div>
      {usage.isPending && <Skeleton rows={8} />}
      {usage.isError && !usage.data && <ErrorPanel error={usage.error} what="The usage cannot be read." onRetry={() => void usage.refetch()} />}
      {usage.data && <Report report={usage.data} />}
    </>
  );
}

function Report({ report }: { report: UsageReport }) {
  const workspace = useWorkspaceKey();
  const today = new Date(useNow()).toISOString().slice(0, 10);
  const { total } = report;
  if (total.calls === 0) {
    return (
      <Empty title="No model was called in these days.">
        <Link to={`/w/${workspace}/playground`} className="text-accent underline underline-offset-2">
          Begin in the playground
        </Link>
      </Empty>
    );
  }
  const cost = costText(total);
  const facts: [name: string, value: string][] = [
    ["Cost", cost ?? (total.unpricedCalls > 0 ? "no price known" : "nothing")],
    ["Tokens", count(total.tokens.totalTokens)],
    ["Model calls", count(total.calls)],
    ["Runs", `${count(report.runs)}${report.isComplete ? "" : "+"}`],
  ];
  return (
    <div tabIndex={0} role="group" aria-label="Usage" className="scroll flex min-h-0 flex-1 flex-col gap-4 p-4">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {facts.map(([name, value]) => (
          <div key={name} className="rounded-lg border border-line bg-surface p-3">
            <dt className="text-xs font-medium text-muted">{name}</dt>
            <dd className="num text-lg font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {total.unpricedCalls > 0 && cost && <p className="text-muted">{plural(total.unpricedCalls, "call")} have no known price: they are in the tokens and not in the cost.</p>}
      {!report.isComplete && <p className="text-warn">There are more runs than are counted: the newest {count(report.runs)}.</p>}
      <Days days={everyDay(report, today)} />
      <div className="grid gap-4 lg:grid-cols-2">
        <Table name="Agent" rows={report.agents} />
        <Table name="Model" rows={report.models} />
      </div>
    </div>
  );
}

/** A bar for each day, as high as its tokens; as its calls where no tokens are told. */
function Days({ days }: { days: UsageRow[] }) {
  if (days.length < 2) return null;
  const hasTokens = days.some((day) => day.tokens.totalTokens > 0);
  const valueOf = (day: UsageRow) => (hasTokens ? day.tokens.totalTokens : day.calls);
  const most = Math.max(...days.map(valueOf), 1);
  return (
    <section aria-label="By day" className="rounded-lg border border-line bg-surface p-3">
      <h2 className="mb-2 text-xs font-medium text-muted">{hasTokens ? "Tokens" : "Model calls"} by day</h2>
      <ol className="flex h-28 items-end gap-px">
        {days.map((day) => {
          const said = `${day.name}: ${count(day.tokens.totalTokens)} tokens, ${plural(day.calls, "call")}${costText(day) ? `, ${costText(day)}` : ""}`;
          return (
            <li key={day.name} title={said} className="group flex h-full min-w-0 flex-1 items-end rounded-t-sm hover:bg-hover">
              <span className="sr-only">{said}</span>
              <span
                aria-hidden
                className={`w-full rounded-t-sm ${day.calls > 0 ? "bg-accent" : "bg-line"}`}
                style={{ height: day.calls > 0 ? `max(2px, ${(valueOf(day) / most) * 100}%)` : 1 }}
              />
            </li>
          );
        })}
      </ol>
      <p aria-hidden className="num mt-1 flex justify-between text-xs text-muted">
        <span>{days[0]!.name}</span>
        <span>{days.at(-1)!.name}</span>
      </p>
    </section>
  );
}

function Table({ name, rows }: { name: string; rows: UsageRow[] }) {
  const most = Math.max(...rows.map((row) => row.tokens.totalTokens), 1);
  return (
    <section aria-label={`By ${name.toLowerCase()}`} className="min-w-0 rounded-lg border border-line bg-surface p-3">
      <table className="num w-full">
        <thead>
          <tr className="text-right text-xs text-muted">
            <th scope="col" className="w-full text-left font-medium">
              {name}
            </th>
            <th scope="col" className="pl-3 font-medium">
              Calls
            </th>
            <th scope="col" className="pl-3 font-medium max-sm:hidden">
              In
            </th>
            <th scope="col" className="pl-3 font-medium max-sm:hidden">
              Out
            </th>
            <th scope="col" className="pl-3 font-medium">
              Tokens
            </th>
            <th scope="col" className="pl-3 font-medium">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-line text-right">
              <th scope="row" className="max-w-0 py-1 text-left font-medium">
                <span className="block truncate">{row.name}</span>
                <span aria-hidden className="block h-1 rounded-full bg-sunken">
                  <span className="block h-1 rounded-full bg-accent" style={{ width: `${(row.tokens.totalTokens / most) * 100}%` }} />
                </span>
              </th>
              <td className="pl-3">{count(row.calls)}</td>
              <td className="pl-3 max-sm:hidden" title={count(row.tokens.inputTokens)}>
                {shortCount(row.tokens.inputTokens)}
              </td>
              <td className="pl-3 max-sm:hidden" title={count(row.tokens.outputTokens)}>
                {shortCount(row.tokens.outputTokens)}
              </td>
              <td className="pl-3" title={count(row.tokens.totalTokens)}>
                {shortCount(row.tokens.totalTokens)}
              </td>
              <td className="pl-3">{costText(row) ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
