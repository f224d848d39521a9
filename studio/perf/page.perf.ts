import { ended, runEval, saveTest } from "../e2e/cases";
import { open, test as base } from "../e2e/fixtures";
import { call, script, talk } from "../e2e/prompts";
import { clickToShown, keysToPaint, scrollGaps, typedToShown, watchFrames } from "./measure";
import { keep, print, quantile } from "./table";

const KB = 1024;
/** A frame of a screen at 60 Hz takes 16.7 ms, give or take what clocks differ. */
const OneFrameMs = 17;
/** The figures are what counts here. */
const test = base.extend({ complaints: async ({}, use) => use([]) });

test.afterAll(print);

test("first load", async ({ browser, server }) => {
  for (const [name, rate, most] of [["", 1, 800], [", 4× slower CPU", 4, 2000]] as const) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate });
      const sizes = { requests: 0, script: 0, style: 0 };
      const kinds = new Map<string, string>();
      await session.send("Network.enable");
      session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
      session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        if (kinds.get(requestId) === "Script") sizes.script += encodedDataLength;
        if (kinds.get(requestId) === "Stylesheet") sizes.style += encodedDataLength;
      });
      session.on("Network.requestWillBeSent", () => sizes.requests++);
      await page.goto("/w/talk/playground", { waitUntil: "commit" });
      times.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const look = () => requestAnimationFrame(document.querySelector("textarea[aria-label=Prompt]") && document.querySelector("option[value=talker]") ? () => resolve(performance.now()) : look);
              look();
            }),
        ),
      );
      const before = { ...sizes };
      if (rate === 1 && round === 4) {
        keep("first load: script, compressed", 260, before.script / KB, "KB");
        keep("first load: styles, compressed", 25, before.style / KB, "KB");
        keep("first load: requests", 12, before.requests, "");
      }
      await context.close();
    }
    keep(`interactive, cold${name}`, most, quantile(times, 0.5), "ms");
  }
});

test("going from page to page", async ({ page, server }) => {
  await server.startRun("lab", script([{ text: "Once." }]));
  await open(page, "/w/lab/playground");
  const first: number[] = [];
  const again: number[] = [];
  for (const times of [first, again, again]) {
    for (const [area, heading] of [["Runs", "Runs"], ["Tests", "Tests"], ["Evals", "Evals"], ["Approvals", "Approvals"], ["Connect", "Connect"], ["Playground", "New thread"]] as const) {
      times.push(await clickToShown(page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: area }), "main h1", heading));
    }
  }
  keep("route change, first time, slowest", 150, Math.max(...first), "ms");
  keep("route change, again, slowest", 150, Math.max(...again), "ms");
});

test("streaming", async ({ page, server }) => {
  const typed = await server.startRun("talk", talk(3000, { perSecond: 200 }));
  await open(page, `/w/talk/playground/${typed.threadId}`);
  await page.locator(".markdown").first().waitFor();
  await page.getByRole("textbox", { name: "Prompt" }).focus();
  const stop = await watchFrames(page);
  const keys = await keysToPaint(page, 100);
  const { longTasks } = await stop();
  keep("key to paint while 200 words/s stream, p95", 50, quantile(keys, 0.95), "ms");
  keep("long tasks (> 50 ms) while they stream", 0, longTasks.length, "");

  const long = await server.startRun("talk", talk(14_000, { perSecond: 1400 }));
  await open(page, `/w/talk/playground/${long.threadId}`);
  await page.locator(".markdown").first().waitFor();
  const stopLong = await watchFrames(page);
  await ended(server, "talk", long.runId);
  const { gaps, longTasks: whileLong } = await stopLong();
  keep("frames while an answer of 100 KB streams at 10 KB/s", 55, (gaps.length / gaps.reduce((sum, gap) => sum + gap, 0)) * 1000, "fps", true);
  keep("its longest task", 50, Math.max(0, ...whileLong), "ms");
});

test("from append to shown, and a reload in mid-run", async ({ page, server }) => {
  const { runId, threadId } = await server.startRun("talk", talk(400, { perSecond: 40 }));
  await page.addInitScript(() => {
    const shown: Record<number, number> = {};
    Object.assign(window, { shown });
    const look = () => {
      let last = -1;
      for (const match of (document.querySelector(".markdown")?.textContent ?? "").matchAll(/w(\d+)/g)) last = Number(match[1]);
      if (last >= 0) shown[last] ??= Date.now();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await open(page, `/w/talk/playground/${threadId}`);
  await page.getByText("w120", { exact: true }).first().waitFor({ state: "attached", timeout: 60_000 }).catch(() => {});
  await page.waitForFunction(() => /w100 /.test(document.querySelector(".markdown")?.textContent ?? ""));
  const shown = await page.evaluate(() => (window as unknown as { shown: Record<string, number> }).shown);
  const { events } = await server.read<{ events: { type: string; at: string; text?: string }[] }>(`workspaces/talk/runs/${runId}/events?limit=5000`);
  const delays = events.flatMap(({ type, at, text }) => {
    const last = type === "text" ? [...text!.matchAll(/w(\d+)/g)].at(-1)?.[1] : undefined;
    return last && shown[last] && Number(last) > 20 ? [shown[last]! - Date.parse(at)] : [];
  });
  keep("event shown after it was appended, p95", 100, quantile(delays, 0.95), "ms");
  const began = Date.now();
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(() => /w100 /.test(document.querySelector(".markdown")?.textContent ?? ""), undefined, { polling: "raf" });
  keep("reload in mid-run: the same view is back", 700, Date.now() - began, "ms");
});

for (const [size, openMs, framePx] of [[10_000, 500, 400], [100_000, 1500, 4000]] as const) {
  test(`a timeline of ${size} events`, async ({ page, server }) => {
    const { runId } = await server.startRun("lab", script([call("emit_many", { number: size }), { text: "Done." }]));
    await ended(server, "lab", runId);
    await open(page, "/w/lab/runs");
    const run = page.getByRole("table", { name: "Runs" }).getByRole("link").first();
    const lines = `${size.toLocaleString("en-US").slice(0, -3)}\\d\\d\\d lines`;
    keep(`timeline of ${size} events: open`, openMs, await clickToShown(run, "[data-testid=events] [role=listitem]", "Run began"), "ms");
    const began = Date.now();
    await page.getByText(new RegExp(lines)).waitFor();
    keep("  and all of them there", size === 10_000 ? 500 : 5000, Date.now() - began, "ms");
    const gaps = await scrollGaps(page.getByTestId("events"), framePx, 180);
    keep("  scrolling, frame at the median", OneFrameMs, quantile(gaps, 0.5), "ms");
    keep("  scrolling, frame p95", OneFrameMs, quantile(gaps, 0.95), "ms");
    keep("  elements on the page", 3000, await page.locator("*").count(), "");
    const field = page.getByRole("searchbox");
    await field.focus();
    keep("  search", 300, await typedToShown(page, `"index":${size - 7}`, "[role=status]", "^1 of "), "ms");
    await field.fill("");
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    keep("  heap", 250, usedSize / KB / KB, "MB");
  });
}

test("the matrix of an eval", async ({ page, server }) => {
  const cases = 1000;
  for (let number = 0; number < cases; number++) {
    const scorers = Array.from({ length: 6 }, (_, scorer) => ({ type: "contains", id: `s${scorer}`, text: scorer < 5 || number % 9 ? "said" : "not" }));
    await saveTest(server, "lab", { id: `case-${String(number).padStart(4, "0")}`, input: script([{ text: `It is said ${number}.` }]), finalResponse: { scorers }, tags: ["many"] });
  }
  const id = await runEval(server, "lab", { tag: "many", config: { samplesPerCase: 5, concurrency: 8 } }, 480_000);
  await open(page, "/w/lab/evals");
  keep("eval of 1,000 × 5 × 6: first paint", 700, await clickToShown(page.locator(`a[href$="${id}"]`).first(), "[role=rowheader]", "case-0"), "ms");
  keep("  filter", 200, await clickToShown(page.getByRole("button", { name: /^failed/ }).first(), "[role=rowheader]", "case-0009"), "ms");
  keep("  elements on the page", 3000, await page.locator("*").count(), "");
});

test("a schema of ten thousand tables", async ({ page }) => {
  await open(page, "/w/warehouse/connect/tables");
  await page.getByRole("status").filter({ hasText: "10,000 tables" }).waitFor();
  await page.getByRole("searchbox", { name: "Filter the tables" }).focus();
  keep("10,000 tables: search", 150, await typedToShown(page, "_09999", "[role=status]", "^1 table"), "ms");
  await page.getByRole("searchbox", { name: "Filter the tables" }).fill("");
  keep("  scrolling, frame p95", OneFrameMs, quantile(await scrollGaps(page.getByTestId("tables"), 400, 120), 0.95), "ms");
});
