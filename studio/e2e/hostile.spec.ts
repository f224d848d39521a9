import type { Page } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ended, runEval, saveTest } from "./cases";
import { expect, open, test as base } from "./fixtures";
import { call, script } from "./prompts";

/** What would run, load or lead away, if anything of it were taken for more than text. */
const attacks = [
  "<script>attacked()</script>",
  "<img src=x onerror=attacked()>",
  "<svg onload=attacked()><animate onbegin=attacked() attributeName=x dur=1s></svg>",
  '<iframe srcdoc="<script>parent.attacked()</script>"></iframe>',
  '<a href="javascript:attacked()">a link</a>',
  '<form action="https://attacker.example/"><button autofocus onfocus=attacked()>a button</button></form>',
  "<style>@import url(https://attacker.example/style.css); * { background: url(https://attacker.example/pixel) }</style>",
  '<link rel=stylesheet href="https://attacker.example/style.css"><base href="https://attacker.example/"><meta http-equiv=refresh content="0;url=https://attacker.example/">',
  "[a link](javascript:attacked())",
  "[a link](JaVaScRiPt&#58;attacked())",
  "[a link](data:text/html;base64,PHNjcmlwdD5hdHRhY2tlZCgpPC9zY3JpcHQ+)",
  "[a link](vbscript:attacked())",
  "![a picture](https://attacker.example/pixel.png)",
  "![a picture](javascript:attacked())",
  "![a picture](data:image/svg+xml,<svg/onload=attacked()>)",
  "[a reference][1]\n\n[1]: javascript:attacked()",
  "<https://attacker.example/auto> and https://attacker.example/bare",
  "`</code><script>attacked()</script>`",
  "```html\n</code></pre><script>attacked()</script>\n```",
  "| <img src=x onerror=attacked()> |\n| --- |\n| ![](https://attacker.example/cell.png) |",
  "\u202Egnp.txt\u0000\u0007\uFFFD\u{1F468}\u200D\u{1F469}",
];
const everything = attacks.join("\n\n");

interface Watched {
  /** Checks that nothing ran and that nothing was asked of anybody but the server. */
  expectUnharmed: () => Promise<void>;
}

const test = base.extend<Watched>({
  expectUnharmed: async ({ page, server }, use) => {
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(server.address) && !request.url().startsWith("blob:")) elsewhere.push(request.url());
    });
    page.on("dialog", (dialog) => {
      elsewhere.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      Object.assign(window, { harm: 0, attacked: () => Object.assign(window, { harm: 1 }) });
    });
    await use(async () => {
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate(() => (window as unknown as { harm: number }).harm), "something ran").toBe(0);
      expect(elsewhere, "something was asked of others").toEqual([]);
      expect(await page.locator("main :is(script, img, iframe, form[action], style, link, base, meta, object, embed)").count()).toBe(0);
      const links = await page.locator("a[href]").evaluateAll((elements) => elements.map((element) => (element as HTMLAnchorElement).protocol));
      expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
      const handlers = await page.locator("main *").evaluateAll((elements) => elements.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on")));
      expect(handlers).toEqual([]);
    });
  },
});

test("hostile text of a model stays text, in the conversation and in every side of its run", async ({ page, server, expectUnharmed }) => {
  const { runId, threadId } = await server.startRun("lab", script([{ text: everything }]));
  await ended(server, "lab", runId);
  await open(page, `/w/lab/playground/${threadId}`);
  await expect(page.getByText("[image: a picture]").first()).toBeVisible();
  await expectUnharmed();
  for (const link of await page.getByRole("log").locator("a[href^=http]").all()) {
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect(link).toHaveAttribute("target", "_blank");
  }
  for (const side of ["timeline?event=3", "trace", "journal", "audit", "raw"]) {
    await open(page, `/w/lab/runs/${runId}/${side}`);
    await expectUnharmed();
  }
});

test("hostile arguments, results, errors and references of tools stay text", async ({ page, server, expectUnharmed }) => {
  const content = { [attacks[1]!]: everything, nested: { "</pre><script>attacked()</script>": attacks } };
  const { threadId } = await server.startRun(
    "lab",
    script([call("echo", { content }), call("keep", { text: everything }), call("echo", { content: everything }), call("echo", { [attacks[0]!]: 1 }), { text: "Said." }]),
  );
  await open(page, `/w/lab/playground/${threadId}`);
  await expect(page.getByText("Said.", { exact: true })).toBeVisible();
  const tools = page.getByTestId("tool");
  for (const tool of await tools.all()) await tool.getByRole("button").first().click();
  await expectUnharmed();
  await page.getByRole("button", { name: /^<script>/ }).last().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("button", { name: "Show the whole value" }).click();
  await expect(page.getByRole("dialog").locator("pre")).toContainText("<svg onload");
  await expectUnharmed();
});

test("a hostile plan, hostile words of who decides, and a hostile title stay text", async ({ page, server, expectUnharmed }) => {
  const planner = script([
    call("store_plan", { specName: "ShippingPlan", planId: "plan-hostile", body: { rationale: everything, actions: [{ kind: "ship", to: attacks[1], boxes: 1 }] } }),
    { text: "Planned." },
  ]);
  const executor = script([call("execute_plan", { planId: "plan-hostile" }), { text: "Executed." }]);
  const { threadId } = await server.startRun("dock", script([call("call_agent", { agent: "planner", prompt: planner }), call("call_agent", { agent: "executor", prompt: executor }), { text: "Done." }]));
  await open(page, `/w/dock/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await expect(card).toContainText("<svg onload");
  await expectUnharmed();
  await page.keyboard.press("r");
  await page.keyboard.insertText(everything);
  await page.keyboard.press("Control+Enter");
  await expect(card).toContainText("Rejected");
  await expectUnharmed();
  await page.getByRole("button", { name: /^Rename/ }).first().click();
  await page.keyboard.insertText(attacks[1]!);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: attacks[1]! })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp("<img src=x"));
  await expectUnharmed();
  await open(page, "/w/dock/approvals");
  await expectUnharmed();
  await page.keyboard.press("Control+k");
  await expectUnharmed();
});

test("hostile names, values and documents of a database stay text", async ({ page, server, expectUnharmed }) => {
  const table = encodeURIComponent("main.<img src=x onerror=attacked()>");
  for (const path of ["connect", "connect/tables", `connect/tables/${table}`, `connect/tables/${table}/sample`, `connect/tables/${table}/relations`]) {
    await open(page, `/w/hostile/${path}`);
    await expectUnharmed();
  }
  await open(page, "/w/hostile/connect/query");
  await page.getByRole("textbox", { name: "SQL" }).fill('SELECT * FROM "<img src=x onerror=attacked()>"');
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByTestId("result")).toContainText("javascript:attacked()");
  await expectUnharmed();
  const documents = join(server.folder, "hostile-documents");
  mkdirSync(documents, { recursive: true });
  writeFileSync(join(documents, "a<img src=x onerror=attacked()>.md"), `# ${attacks[0]}\n\nneedle ${everything.replaceAll("\0", "")}\n`);
  writeFileSync(join(documents, "page.txt"), `<title>${attacks[1]}</title>needle ${everything.replaceAll("\0", "")}`);
  await open(page, "/w/hostile/connect");
  await page.getByRole("button", { name: "Ingest documents" }).click();
  const dialog = page.getByRole("dialog", { name: "Ingest documents" });
  await dialog.getByLabel("Folder").fill(documents);
  await dialog.getByRole("button", { name: "Ingest" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "page.txt" })).toBeVisible();
  await expectUnharmed();
  await open(page, "/w/hostile/connect/search?q=needle");
  await expect(page.getByRole("list", { name: "Results" })).toContainText("needle");
  await expectUnharmed();
});

test("hostile answers, expectations and names of an eval stay text", async ({ page, server, expectUnharmed }) => {
  await saveTest(server, "lab", {
    id: "hostile",
    input: script([call("echo", { content: everything }), { text: everything }]),
    expectedTrajectory: [{ name: "echo", arguments: { content: `${everything}!` } }],
    finalResponse: { scorers: [{ type: "exact", id: "words", text: `${everything} and more` }] },
    tags: [attacks[1]!, "hostile"],
  });
  const id = await runEval(server, "lab", { name: attacks[1]!, tag: "hostile", config: { samplesPerCase: 1 } });
  for (const path of ["evals", `evals/${id}`, `evals/${id}/cases/hostile/samples/1`, "tests", "tests/hostile", `evals/compare?baseline=${id}&candidate=${id}`]) {
    await open(page, `/w/lab/${path}`);
    await expectUnharmed();
  }
});

test("the page may run its own files alone, and every answer says so", async ({ page, server }) => {
  for (const path of ["/", "/w/lab/playground", "/api/status", "/api/docs", "/api/openapi.json", "/w/lab/nothing", "/api/nothing"]) {
    const policy = (await page.request.get(server.address + path)).headers()["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).not.toContain("unsafe");
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/https?:|\*/);
  }
});

test("a result of ten megabytes leaves the page usable", async ({ page, server }) => {
  const { runId, threadId } = await server.startRun("lab", script([call("big", { number: 10 }), { text: "That was long." }]));
  await ended(server, "lab", runId);
  await open(page, `/w/lab/playground/${threadId}`);
  await expect(page.getByText("That was long.", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByTestId("tool").getByRole("button").first().click();
  await expectShortAndAlive(page);
  await page.getByRole("button", { name: /^Show all/ }).click();
  await expect(page.getByText("The rest is left out here", { exact: false })).toBeVisible();
  await expectShortAndAlive(page);
  await open(page, `/w/lab/runs/${runId}`);
  await page.getByRole("listitem").filter({ hasText: "Result of big" }).getByRole("button").click();
  await expectShortAndAlive(page);
  for (const side of ["trace", "journal", "raw"]) {
    await open(page, `/w/lab/runs/${runId}/${side}`);
    await expectShortAndAlive(page);
  }
});

/** What is drawn stays small, whatever it is of, and the page answers to keys. */
async function expectShortAndAlive(page: Page): Promise<void> {
  expect(await page.locator("*").count()).toBeLessThan(3000);
  expect(await page.evaluate(() => document.body.textContent!.length)).toBeLessThan(500_000);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toHaveCount(0);
}
