import { NavLink, Outlet, useLocation } from "react-router";
import { useRuntimeInfo, useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { copy, Empty, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { pathOf } from "./paths";

/** The data that a workspace's agents work on: around its pages, the way from one to another. */
export default function ConnectPage() {
  const workspace = useWorkspaceKey();
  const runtime = useRuntimeInfo();
  const { pathname } = useLocation();
  useShortcut("y", "Copy a link", "Connect", () => void copy(location.href, "Link copied"));
  if (runtime.isError && !runtime.data) return <ErrorPanel error={runtime.error} what="The workspace cannot be read." onRetry={() => void runtime.refetch()} />;
  if (!runtime.data) return <Skeleton rows={6} />;
  if (!runtime.data.hasData) return <NoData />;
  const pages = [
    ["Sources", pathOf.sources(workspace)],
    ["Tables", pathOf.tables(workspace)],
    ["Search", pathOf.search(workspace)],
    ["Query", pathOf.query(workspace)],
  ] as const;
  return (
    <>
      <nav aria-label="Connect" className="scroll flex h-11 shrink-0 items-end gap-1 border-b border-line px-3">
        {pages.map(([name, path]) => (
          <NavLink
            key={name}
            to={path}
            end={name === "Sources"}
            className={({ isActive }) => `border-b-2 px-2.5 py-2 font-medium ${isActive ? "border-accent text-text" : "border-transparent text-muted hover:text-text"}`}
          >
            {name}
          </NavLink>
        ))}
      </nav>
      <Panel name="This part of Connect" resetKey={pathname}>
        <Outlet />
      </Panel>
    </>
  );
}

function NoData() {
  return (
    <div className="scroll min-h-0 flex-1">
      <h1 className="sr-only">Connect</h1>
      <Empty title="This workspace has no data.">
        <p>Give its runtime a data environment: a database that agents may read, and a catalog of what is in it.</p>
        <pre tabIndex={0} aria-label="Example" className="scroll max-w-full rounded-md bg-sunken p-3 text-left font-mono text-xs text-text">
          {example}
        </pre>
      </Empty>
    </div>
  );
}

const example = `var data = await new DataEnvironment
{
    TargetDatabase = new() { Url = "sqlite:shop.db" },
    Catalog = new() { Url = "sqlite:catalog.db" },
}.OpenAsync([new SqliteDataProvider()]);

var options = new RuntimeOptions { DataEnvironment = data };`;
