import { Check, ChevronDown, CircleHelp, Monitor, Moon, Search, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useNavigate } from "react-router";
import type { StudioStatus } from "../api/types";
import { useWorkspaceKey } from "../api/queries";
import { IconButton } from "../ui/Button";
import { UsageToday } from "../usage/UsageToday";
import { modKey } from "./keys";
import { useTheme } from "./theme";

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

interface TopBarProps {
  status: StudioStatus;
  isReachable: boolean;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ status, isReachable, onSearch, onHelp }: TopBarProps) {
  const [theme, nextTheme] = useTheme();
  const ThemeIcon = themeIcons[theme];
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-bg px-3">
      <Logo />
      <WorkspaceSwitch status={status} />
      <div className="flex-1" />
      <button
        type="button"
        onClick={onSearch}
        className="inline-flex h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted hover:bg-hover"
      >
        <Search className="size-3.5" aria-hidden />
        <span className="max-sm:sr-only">Go to…</span>
        <kbd className="font-sans text-xs max-sm:hidden">{modKey} K</kbd>
      </button>
      <UsageToday />
      <span className="inline-flex items-center gap-1.5 px-1 text-xs text-muted" title={isReachable ? "The server answers" : "The server does not answer"}>
        <span aria-hidden className={`size-2 rounded-full ${isReachable ? "bg-good" : "pulse bg-bad"}`} />
        <span className="max-sm:sr-only">{isReachable ? "Connected" : "Offline"}</span>
      </span>
      <IconButton label={`Theme: ${theme}. Change`} icon={<ThemeIcon className="size-4" aria-hidden />} onClick={nextTheme} />
      <IconButton label="Keyboard help" icon={<CircleHelp className="size-4" aria-hidden />} onClick={onHelp} />
    </header>
  );
}

function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 32 32" className="size-5" aria-hidden>
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path d="M8 10h16M8 16h10M8 22h16M23 13v6" className="stroke-on-accent" strokeWidth="3" strokeLinecap="round" />
      </svg>
      <span className="max-sm:sr-only">Studio</span>
    </span>
  );
}

function WorkspaceSwitch({ status }: { status: StudioStatus }) {
  const current = useWorkspaceKey();
  const navigate = useNavigate();
  const workspace = status.workspaces.find(({ key }) => key === current);
  const name = workspace?.displayName ?? status.app;
  if (status.workspaces.length < 2) return <span className="truncate text-muted">/ {name}</span>;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="inline-flex h-7 min-w-0 items-center gap-1 rounded-md px-2 hover:bg-hover" aria-label={`Workspace: ${name}`}>
        <span className="truncate">{name}</span>
        <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={4} className="z-50 min-w-52 rounded-lg border border-line bg-surface p-1 shadow-over">
          {status.workspaces.map(({ key, displayName }) => (
            <DropdownMenu.Item
              key={key}
              onSelect={() => void navigate(`/w/${key}/playground`)}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 data-highlighted:bg-hover data-highlighted:outline-none"
            >
              <Check className={`size-3.5 ${key === current ? "" : "invisible"}`} aria-hidden />
              {displayName}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
