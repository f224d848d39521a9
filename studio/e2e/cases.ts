import type { Server } from "./server";

/** Keeps a test as any program would. */
export async function saveTest(server: Server, workspace: string, testCase: { id: string } & Record<string, unknown>): Promise<number> {
  const document = await send<{ version: number }>(server, "PUT", `${workspace}/tests/${testCase.id}`, { case: testCase });
  return document.version;
}

/** Runs an eval to its end, and says which. */
export async function runEval(server: Server, workspace: string, body: object, patienceMs = 60_000): Promise<string> {
  const { id } = await send<{ id: string }>(server, "POST", `${workspace}/evals`, body);
  const until = Date.now() + patienceMs;
  for (;;) {
    const { state } = await send<{ state: string }>(server, "GET", `${workspace}/evals/${id}`);
    if (state === "completed") return id;
    if (state !== "running" || Date.now() > until) throw new Error(`Eval ${id} is ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until a run has ended. */
export async function ended(server: Server, workspace: string, runId: string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const { run } = await send<{ run: { state: string } }>(server, "GET", `${workspace}/runs/${runId}`);
    if (run.state !== "running") return;
    if (Date.now() > until) throw new Error(`Run ${runId} does not end.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function send<T>(server: Server, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${server.address}/api/workspaces/${path}`, {
    method,
    ...(body ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}
