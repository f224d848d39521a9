import { Component, type ReactNode } from "react";
import { Problem } from "../api/client";
import { toast } from "./toast";
import { Button } from "./Button";

/** What there is to do where nothing is yet. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-12 text-center">
      <p className="text-base font-medium">{title}</p>
      {children && <div className="flex flex-col items-center gap-3 text-muted">{children}</div>}
    </div>
  );
}

/** What failed, with its code, and what can be done. */
export function ErrorPanel({ error, what, onRetry }: { error: Error; what: string; onRetry?: () => void }) {
  const code = error instanceof Problem ? error.code : error.name;
  const diagnostics = () =>
    [what, `${code}: ${error.message}`, location.href, new Date().toISOString(), navigator.userAgent].join("\n");
  return (
    <div role="alert" className="m-3 rounded-lg border border-line bg-bad-soft p-3">
      <p className="font-medium text-bad">{what}</p>
      <p className="mt-1 break-words">
        {error.message} <code className="font-mono text-xs text-muted">{code}</code>
      </p>
      <div className="mt-2 flex gap-2">
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        <Button kind="quiet" onClick={() => void copy(diagnostics(), "Diagnostics copied")}>
          Copy diagnostics
        </Button>
      </div>
    </div>
  );
}

/** Lines in the place of a list that is being loaded. */
export function Skeleton({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-2 p-3">
      <span className="sr-only">Loading…</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="skeleton" style={{ height, width: `${95 - (index % 4) * 9}%` }} />
      ))}
    </div>
  );
}

/** Keeps what breaks in a part of the page within that part. */
export class Panel extends Component<{ name: string; children: ReactNode; resetKey?: string }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(previous: { resetKey?: string }) {
    if (this.state.error && previous.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <ErrorPanel error={this.state.error} what={`${this.props.name} cannot be shown.`} onRetry={() => this.setState({ error: null })} />;
  }
}

/** Puts text on the clipboard, and says so. */
export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast("The browser did not allow to copy.");
  }
}
