import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { count } from "../ui/format";
import { useUsage } from "./queries";
import { costText, shortCount } from "./usage";

/** What the workspace used today: what it cost, or its tokens where no price is known. */
export function UsageToday() {
  const workspace = useWorkspaceKey();
  const total = useUsage(1).data?.total;
  if (!total) return null;
  const cost = costText(total);
  const tokens = `${count(total.tokens.totalTokens)} tokens`;
  return (
    <Link
      to={`/w/${workspace}/usage`}
      title={`Today (UTC): ${cost ? `${cost}, ` : ""}${tokens}. See usage`}
      className={`num inline-flex h-7 items-center rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-text ${cost ? "" : "max-sm:hidden"}`}
    >
      {cost ?? shortCount(total.tokens.totalTokens)}
      <span className="max-sm:sr-only">&nbsp;{cost ? "today" : "tokens today"}</span>
    </Link>
  );
}
