import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useRef, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useChanges } from "../api/useChanges";
import { useStatus, useWorkspaceKey } from "../api/queries";
import { Empty, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { Toaster } from "../ui/toast";
import { areas } from "./areas";
import { Help } from "./Help";
import { listenToKeys, useShortcut } from "./keys";
import { lazyPart } from "./lazyPart";
import { Rail } from "./Rail";
import { useTheme } from "./theme";
import { TopBar } from "./TopBar";

const JobTray = lazyPart(() => import("../connect/JobTray"));
const Palette = lazyPart(() => import("./Palette"));

/** What is around every page. */
export function AppShell() {
  const status = useStatus();
  const [over, setOver] = useState<"help" | "palette" | null>(null);
  const workspace = useWorkspaceKey();
  const { pathname } = useLocation();
  useEffect(listenToKeys, []);
  useChanges(workspace);
  useNewServer(status.data?.instance);
  useGlobalShortcuts(setOver);

  if (!status.data) {
    return status.isError ? (
      <main className="mx-auto max-w-xl pt-24">
        <ErrorPanel error={status.error} what="Studio cannot be loaded." onRetry={() => void status.refetch()} />
      </main>
    ) : (
      <Skeleton rows={8} />
    );
  }
  const info = status.data.workspaces.find(({ key }) => key === workspace);
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-1 focus:left-1">
        Skip to the content
      </a>
      <TopBar status={status.data} isReachable={!status.isError} onSearch={() => setOver("palette")} onHelp={() => setOver("help")} />
      {status.isError && (
        <p role="alert" className="border-b border-line bg-warn-soft px-3 py-1.5 text-warn">
          The server does not answer. What you see may be old; trying again…
        </p>
      )}
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <Rail />
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          <Panel name="This page" resetKey={pathname}>
            {!info ? (
              <Empty title={`There is no workspace '${workspace}'.`} />
            ) : info.state === "failed" && info.error ? (
              <ErrorPanel error={Object.assign(new Error(info.error.message), { name: info.error.code })} what={`Workspace '${info.displayName}' cannot be opened.`} onRetry={() => void status.refetch()} />
            ) : (
              <Suspense fallback={<Skeleton />}>
                <Outlet />
              </Suspense>
            )}
          </Panel>
          {info?.state === "open" && (
            <Panel name="The jobs" resetKey={workspace}>
              <Suspense>
                <JobTray key={workspace} />
              </Suspense>
            </Panel>
          )}
        </main>
      </div>
      <Help isOpen={over === "help"} onClose={() => setOver(null)} />
      {over === "palette" && (
        <Suspense>
          <Palette onClose={() => setOver(null)} />
        </Suspense>
      )}
      <Toaster />
    </div>
  );
}

/** After a start of the server everything is read again. */
function useNewServer(instance: string | undefined): void {
  const client = useQueryClient();
  const known = useRef(instance);
  useEffect(() => {
    if (known.current !== undefined && instance !== undefined && known.current !== instance) void client.invalidateQueries();
    known.current = instance ?? known.current;
  }, [client, instance]);
}

function useGlobalShortcuts(open: (over: "help" | "palette") => void): void {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const [, nextTheme] = useTheme();
  useShortcut("mod+k", "Go to anything", "Everywhere", () => open("palette"));
  useShortcut("?", "This help", "Everywhere", () => open("help"));
  useShortcut("shift+l", "Change the theme", "Everywhere", nextTheme);
  // The areas are a constant: their number never changes between renders.
  for (const area of areas) {
    useShortcut(`g ${area.key}`, `Go to ${area.name}`, "Everywhere", () => void navigate(`/w/${workspace}/${area.path}`));
  }
}
