import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("app/bin/Release/net10.0/", import.meta.url));
const cache = fileURLToPath(new URL("../node_modules/.cache/retail/", import.meta.url));
const PatienceMs = 60_000;

/** Studio in a process of its own, with a folder of its own. */
export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), "sluice-studio-"));
  address = "";
  private process: ChildProcess | null = null;

  /** Starts it; once more, at the same port with the same store. */
  async start(): Promise<void> {
    if (!existsSync(join(built, "StudioUnderTest.dll"))) throw new Error("Build studio/e2e/app first: dotnet build studio/e2e/app -c Release");
    if (!existsSync(join(this.folder, "app"))) this.prepare();
    const port = this.address === "" ? "0" : new URL(this.address).port;
    const child = spawn("dotnet", [join(this.folder, "app", "StudioUnderTest.dll"), port, join(this.folder, "studio.db")], { cwd: this.folder });
    this.process = child;
    let said = "";
    child.stderr.on("data", (data: Buffer) => (said += data.toString()));
    this.address = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The server did not say where it listens. ${said}`)), PatienceMs);
      child.once("exit", (code) => reject(new Error(`The server ended with ${code}. ${said}`)));
      child.stdout.on("data", (data: Buffer) => {
        said += data.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
    await this.waitUntilOpen();
  }

  /** Ends it, as a crash would when asked so. */
  async stop(signal: "SIGINT" | "SIGKILL" = "SIGINT"): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(timer);
  }

  /** Makes the server stop where it comes to this place, until it is released. */
  hold(place: string): void {
    writeFileSync(join(this.folder, `hold-${place}`), "");
  }

  release(place: string): void {
    rmSync(join(this.folder, `hold-${place}`), { force: true });
  }

  /** The effects that the dock has had so far: what each did, and under which key. */
  effects(): { what: string; key: string }[] {
    const path = join(this.folder, "effects.log");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").trim().split("\n");
    return lines.map((line) => ({ what: line.slice(0, line.lastIndexOf(" ")), key: line.slice(line.lastIndexOf(" ") + 1) }));
  }

  /** Reads from the API, as any program would. */
  async read<T>(path: string): Promise<T> {
    const response = await fetch(`${this.address}/api/${path}`);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    mkdirSync(cache, { recursive: true });
    const retail = join(this.folder, ".sluice", "inventory", "retail.db");
    if (!existsSync(join(cache, "retail.db")) && existsSync(retail)) cpSync(retail, join(cache, "retail.db"));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Begins a run as any program would, and says which. */
  async startRun(workspace: string, prompt: string, thread = `thread-${crypto.randomUUID()}`): Promise<{ runId: string; threadId: string }> {
    const response = await fetch(`${this.address}/api/workspaces/${workspace}/threads/${thread}/runs`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ prompt }),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { runId: string; threadId: string };
  }

  /** The prompt that a workspace offers under this title. */
  async offeredPrompt(workspace: string, title: string): Promise<string> {
    const response = await fetch(`${this.address}/api/workspaces`);
    const workspaces = (await response.json()) as { key: string; metadata: { prompts?: { title: string; prompt: string }[] } }[];
    const offered = workspaces.find(({ key }) => key === workspace)?.metadata.prompts?.find((prompt) => prompt.title === title);
    if (!offered) throw new Error(`${workspace} offers no prompt '${title}'.`);
    return offered.prompt;
  }

  private prepare(): void {
    cpSync(built, join(this.folder, "app"), { recursive: true });
    const data = join(this.folder, ".sluice", "inventory");
    mkdirSync(data, { recursive: true });
    // What is analysed never changes and takes long to make.
    if (existsSync(join(cache, "retail.db"))) cpSync(join(cache, "retail.db"), join(data, "retail.db"));
  }

  private async waitUntilOpen(): Promise<void> {
    const until = Date.now() + PatienceMs;
    for (const workspace of ["inventory", "lab", "dock", "talk"]) {
      const response = await fetch(`${this.address}/api/workspaces/${workspace}/runtime`, { signal: AbortSignal.timeout(until - Date.now()) });
      if (!response.ok) throw new Error(`Workspace ${workspace}: ${await response.text()}`);
    }
  }
}
