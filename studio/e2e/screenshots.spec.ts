import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, expectAccessible, open, test } from "./fixtures";
import { script } from "./prompts";

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url));
const sizes = [
  { name: "1280", width: 1280, height: 800 },
  { name: "390", width: 390, height: 844 },
];
const answer = `The plan was executed:

- **60 prices** were lowered by 20 %,
- **8 products** were ordered, 24 units each,
- **15 products** are on hold until 2026-09-30.

| Kind | Changes |
| --- | ---: |
| mark down | 60 |
| reorder | 8 |
| hold | 15 |`;

/** Every page in both themes and both widths, for people to look at; axe looks at each. */
test("every page, in both themes and widths", async ({ page, server }) => {
  test.setTimeout(300_000);
  mkdirSync(folder, { recursive: true });
  const june = await server.offeredPrompt("inventory", "Make room at the end of June");
  const finished = await server.startRun("inventory", june);
  await page.goto(`/w/inventory/playground/${finished.threadId}`);
  await page.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  const waiting = await server.startRun("inventory", june);
  await page.goto(`/w/inventory/playground/${waiting.threadId}`);
  await expect(page.getByTestId("approval")).toBeVisible();
  for (const text of ["How many winter boots were sold in December?", answer]) await server.startRun("lab", script([{ text }]));

  const pages: [name: string, path: string][] = [
    ["playground-new", "/w/lab/playground"],
    ["playground-finished", `/w/inventory/playground/${finished.threadId}`],
    ["playground-waiting", `/w/inventory/playground/${waiting.threadId}`],
    ["approvals", "/w/inventory/approvals"],
    ["approvals-answered", "/w/inventory/approvals?show=answered"],
    ["approvals-empty", "/w/lab/approvals"],
    ["runs", "/w/inventory/runs"],
    ["runs-empty", "/w/inventory/runs?state=interrupted"],
    ["run-timeline", `/w/inventory/runs/${finished.runId}`],
    ["run-trace", `/w/inventory/runs/${finished.runId}/trace`],
    ["run-journal", `/w/inventory/runs/${finished.runId}/journal`],
    ["run-audit", `/w/inventory/runs/${finished.runId}/audit`],
    ["run-raw", `/w/inventory/runs/${finished.runId}/raw`],
  ];
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const { name: width, ...viewport } of sizes) {
      await page.setViewportSize(viewport);
      for (const [name, path] of pages) {
        await open(page, path);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${folder}${name}-${width}-${theme}.png` });
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} at ${width} is wider than the page`).toBeLessThanOrEqual(0);
      }
    }
  }
});
