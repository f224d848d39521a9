import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const StorageKey = "sluice-theme";
const order: readonly Theme[] = ["system", "light", "dark"];
const listeners = new Set<() => void>();

export function useTheme(): [Theme, () => void] {
  const theme = useSyncExternalStore(subscribe, current);
  return [theme, () => set(order[(order.indexOf(theme) + 1) % order.length]!)];
}

function current(): Theme {
  const value = document.documentElement.dataset["theme"];
  return value === "light" || value === "dark" ? value : "system";
}

function set(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(StorageKey);
    delete document.documentElement.dataset["theme"];
  } else {
    localStorage.setItem(StorageKey, theme);
    document.documentElement.dataset["theme"] = theme;
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
