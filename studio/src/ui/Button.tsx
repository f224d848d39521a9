import type { ButtonHTMLAttributes, ReactNode } from "react";

type Kind = "primary" | "plain" | "quiet" | "danger";

const kinds: Record<Kind, string> = {
  primary: "bg-accent text-on-accent hover:opacity-90",
  plain: "border border-line bg-surface hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-text",
  danger: "border border-line bg-surface text-bad hover:bg-bad-soft",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind;
  /** A key that does the same, shown at the right. */
  shortcut?: string;
}

export function Button({ kind = "plain", shortcut, className = "", children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap disabled:opacity-50 ${kinds[kind]} ${className}`}
      {...rest}
    >
      {children}
      {shortcut && (
        <kbd aria-hidden className={`hidden font-sans text-xs sm:inline ${kind === "primary" ? "" : "text-muted"}`}>
          {shortcut}
        </kbd>
      )}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
}

/** A button that shows an icon alone: its name is said and shown as a hint. */
export function IconButton({ label, icon, className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text disabled:opacity-50 ${className}`}
      {...rest}
    >
      {icon}
    </button>
  );
}
