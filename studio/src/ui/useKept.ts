import { useCallback, useState } from "react";

/** State that outlives a reload of the tab: what somebody wrote is never lost. */
export function useKept<T>(key: string, initial: T): [T, (value: T | ((before: T) => T)) => void] {
  const [kept, setKept] = useState({ key, value: load(key, initial) });
  const current = kept.key === key ? kept.value : load(key, initial);
  if (kept.key !== key) setKept({ key, value: current });
  const set = useCallback(
    (change: T | ((before: T) => T)) =>
      setKept((before) => {
        const value = typeof change === "function" ? (change as (before: T) => T)(before.value) : change;
        store(key, value, initial);
        return { key, value };
      }),
    // The initial value plays no part in what is kept.
    [key],
  );
  return [current, set];
}

function load<T>(key: string, initial: T): T {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}

function store<T>(key: string, value: T, initial: T): void {
  try {
    if (JSON.stringify(value) === JSON.stringify(initial)) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: it is kept while the page is open.
  }
}
