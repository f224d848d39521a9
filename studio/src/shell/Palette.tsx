import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useNavigate } from "react-router";
import { useRuns, useStatus, useThreads, useWorkspaceKey } from "../api/queries";
import { titleOf } from "../playground/threads";
import { shortId, time } from "../ui/format";
import { areas } from "./areas";
import { useTheme } from "./theme";

const MostThreads = 30;
const MostRuns = 30;

/** Everything that can be gone to, by its name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const status = useStatus().data;
  const threads = (useThreads().data?.items ?? []).slice(0, MostThreads);
  const runs = useRuns({ state: null, thread: null }).data?.pages[0]?.items.slice(0, MostRuns) ?? [];
  const [, nextTheme] = useTheme();
  const go = (path: string) => () => {
    onClose();
    void navigate(path);
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content aria-describedby={undefined} className="fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-over">
          <Radix.Title className="sr-only">Go to</Radix.Title>
          <Command label="Go to" loop>
            <Command.Input autoFocus placeholder="Go to a page, thread or run…" className="h-11 w-full border-b border-line bg-transparent px-4 outline-none" />
            <Command.List className="scroll max-h-80 p-1.5">
              <Command.Empty className="p-4 text-center text-muted">Nothing has this name.</Command.Empty>
              <Group heading="Pages">
                {areas.map(({ path, name }) => (
                  <Item key={path} onSelect={go(`/w/${workspace}/${path}`)}>
                    {name}
                  </Item>
                ))}
                <Item onSelect={go(`/w/${workspace}/usage`)}>Usage</Item>
                <Item onSelect={go(`/w/${workspace}/playground`)}>New thread</Item>
                <Item
                  onSelect={() => {
                    onClose();
                    nextTheme();
                  }}
                >
                  Change the theme
                </Item>
              </Group>
              {(status?.workspaces.length ?? 0) > 1 && (
                <Group heading="Workspaces">
                  {status!.workspaces.map(({ key, displayName }) => (
                    <Item key={key} value={`workspace ${key}`} onSelect={go(`/w/${key}/playground`)}>
                      {displayName}
                    </Item>
                  ))}
                </Group>
              )}
              <Group heading="Threads">
                {threads.map((thread) => (
                  <Item key={thread.thread.threadId} value={`${titleOf(thread)} ${thread.thread.threadId}`} onSelect={go(`/w/${workspace}/playground/${thread.thread.threadId}`)}>
                    {titleOf(thread)}
                  </Item>
                ))}
              </Group>
              <Group heading="Runs">
                {runs.map((run) => (
                  <Item key={run.runId} value={`run ${run.runId} ${run.entryAgent} ${run.state}`} onSelect={go(`/w/${workspace}/runs/${run.runId}`)}>
                    {run.entryAgent} · {run.state} · {time(run.startedAt)} <span className="font-mono text-xs text-muted">{shortId(run.runId)}</span>
                  </Item>
                ))}
              </Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Group({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">
      {children}
    </Command.Group>
  );
}

function Item({ children, ...rest }: { children: React.ReactNode; value?: string; onSelect: () => void }) {
  return (
    <Command.Item {...rest} className="truncate rounded-md px-2 py-1.5 data-[selected=true]:bg-hover">
      {children}
    </Command.Item>
  );
}
