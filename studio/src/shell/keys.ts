import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent as ReactKeyboardEvent } from "react";

interface Shortcut {
  /** Keys in order, such as `g r`, `?` or `mod+k`. */
  keys: string;
  does: string;
  group: string;
  run: () => void;
}

const SequenceMs = 1200;
const StorageKey = "sluice-single-keys";
const active = new Set<Shortcut>();
const listeners = new Set<() => void>();
let listed: readonly Shortcut[] = [];
let first: { key: string; at: number } | null = null;

/** Whether keys without Ctrl or ⌘ do something; people who dictate switch them off. */
export function singleKeysAreOn(): boolean {
  return localStorage.getItem(StorageKey) !== "off";
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(StorageKey, on ? "on" : "off");
  changed();
}

/** Does something when keys are pressed, while the caller is on the page. What is done is listed in the help. */
export function useShortcut(keys: string, does: string, group: string, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const shortcut = { keys, does, group, run: () => latest.current() };
    active.add(shortcut);
    changed();
    return () => {
      active.delete(shortcut);
      changed();
    };
  }, [keys, does, group, enabled]);
}

/** What keys do now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => listed);
}

/** Listens to the keyboard until the result is called. */
export function listenToKeys(): () => void {
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    fire(`mod+${event.key.toLowerCase()}`, event);
    return;
  }
  if (isTyping(event.target) || isInDialog(event.target) || !singleKeysAreOn()) return;
  const key = event.shiftKey && event.key.length === 1 && event.key !== "?" ? `shift+${event.key.toLowerCase()}` : event.key;
  if (first && Date.now() - first.at < SequenceMs && fire(`${first.key} ${key}`, event)) {
    first = null;
    return;
  }
  first = null;
  if (fire(key, event)) return;
  if ([...active].some((shortcut) => shortcut.keys.startsWith(`${key} `))) first = { key, at: Date.now() };
}

function fire(keys: string, event: KeyboardEvent): boolean {
  const shortcut = [...active].findLast((candidate) => candidate.keys === keys);
  if (!shortcut) return false;
  event.preventDefault();
  shortcut.run();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit)$/.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"]') !== null;
}

function changed(): void {
  listed = [...active];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Escape leaves a field, with what is written in it: a browser would empty a field for searches. */
export function leaveOnEscape(event: ReactKeyboardEvent<HTMLElement>): void {
  if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.blur();
}

/** The name of the key that `mod` stands for here. */
export const modKey = navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl";
