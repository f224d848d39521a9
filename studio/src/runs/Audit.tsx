import { useAudit } from "../api/queries";
import { exactTime, words } from "../ui/format";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";

/** Who proposed, approved and did what. */
export function Audit({ run, version }: { run: string; version: number }) {
  const audit = useAudit(run, version);
  if (audit.isError && !audit.data) return <ErrorPanel error={audit.error} what="The account cannot be read." onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Skeleton rows={10} height={24} />;
  return (
    <div tabIndex={0} role="region" aria-label="Audit" className="scroll min-h-0 flex-1 p-3">
      <table className="w-full max-w-5xl">
        <caption className="sr-only">What happened, by whom</caption>
        <thead>
          <tr className="text-left text-xs text-muted [&>th]:pb-1 [&>th]:font-medium">
            <th scope="col" className="w-10 pr-3 text-right">
              Entry
            </th>
            <th scope="col" className="w-28 pr-3 max-sm:hidden">
              When
            </th>
            <th scope="col" className="w-28 pr-3">
              Who
            </th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {audit.data.lines.map((line, index) => (
            <tr key={index} className="border-t border-line align-top [&>td]:py-1">
              <td className="num pr-3 text-right text-xs leading-5 text-muted">{line.sequence}</td>
              <td className="num pr-3 font-mono text-xs leading-5 text-muted max-sm:hidden">{exactTime(line.at)}</td>
              <td className="pr-3 font-medium break-words">{line.who}</td>
              <td className="wrap-anywhere">
                {line.what} {line.isInDoubt && <State of="in_doubt" />}
                <span className="sr-only"> ({words(line.kind)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
