import { lazy, type ComponentType } from "react";
import { fetchStatus } from "../api/client";

const PauseMs = 1000;
const ReloadedKey = "sluice-reloaded-for";

/**
 * A part of the page whose code is loaded when it is needed. While the server is away it is waited for. A server that is there and does not have
 * that code any more has another version of the page: then the page is loaded anew, once.
 */
export function lazyPart<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(async () => {
    try {
      return await load();
    } catch {
      await untilReachable();
      return await load().catch(reloadOnce);
    }
  });
}

async function untilReachable(): Promise<void> {
  for (;;) {
    try {
      await fetchStatus();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PauseMs));
    }
  }
}

function reloadOnce(error: unknown): Promise<never> {
  // The message names the file that is missing.
  if (sessionStorage.getItem(ReloadedKey) === String(error)) throw error;
  sessionStorage.setItem(ReloadedKey, String(error));
  location.reload();
  return new Promise(() => {});
}
