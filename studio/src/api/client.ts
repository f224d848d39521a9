import type { Json, StudioStatus } from "./types";

/** Where Studio is mapped, with a slash at its end: the server writes it into the page. */
export const basePath = new URL(
  document.querySelector<HTMLMetaElement>('meta[name="sluice-base"]')?.content ?? "/",
  import.meta.env.DEV ? `${location.origin}/` : document.baseURI,
).pathname;

/** An answer that says that something did not work, as RFC 9457 has it. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly errors: readonly { code: string; path: string; message: string }[];
  /** Of a change that was refused: what is there now. */
  readonly current: Json;

  constructor(status: number, body: ProblemBody | null) {
    super(body?.detail ?? `The server answered with status ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = body?.code ?? `http_${status}`;
    this.retryable = body?.retryable ?? status >= 500;
    this.errors = body?.errors ?? [];
    this.current = body?.current ?? null;
  }
}

/** The server was not reached at all. */
export class Unreachable extends Error {
  constructor() {
    super("Studio's server cannot be reached.");
    this.name = "Unreachable";
  }
}

interface ProblemBody {
  code?: string;
  detail?: string;
  retryable?: boolean;
  current?: Json;
  errors?: { code: string; path: string; message: string }[] | null;
}

let pageToken: string | null = null;

/** What is served here. Its token is kept for writes. */
export async function fetchStatus(signal?: AbortSignal): Promise<StudioStatus> {
  const status = await send<StudioStatus>("GET", "status", undefined, signal);
  pageToken = status.pageToken;
  return status;
}

/** Reads from the API; `path` comes after `/api/`. */
export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>("GET", path, undefined, signal);
}

/** Writes to the API. A server that was started anew has another token: it is asked for, once. */
export async function write<T>(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, body?: object, signal?: AbortSignal): Promise<T> {
  if (pageToken === null) await fetchStatus();
  try {
    return await send<T>(method, path, body, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "page_token_required") throw error;
    await fetchStatus();
    return send<T>(method, path, body, signal);
  }
}

/** The address of a part of the API. */
export function apiUrl(path: string): string {
  return `${basePath}api/${path}`;
}

/** The path of something in a workspace; parts are escaped. */
export function inWorkspace(workspace: string, ...parts: string[]): string {
  return ["workspaces", workspace, ...parts].map(encodeURIComponent).join("/");
}

async function send<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET" && pageToken !== null) headers["X-Sluice-Page-Token"] = pageToken;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(apiUrl(path), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  const text = await response.text();
  if (!response.ok) throw new Problem(response.status, parse(text) as ProblemBody | null);
  return (text === "" ? null : JSON.parse(text)) as T;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
