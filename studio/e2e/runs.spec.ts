import type { Locator } from "@playwright/test";
import { expect, expectAccessible, open, test } from "./fixtures";
import { call, planAndExecute, script } from "./prompts";

test("new runs wait behind a button, and rows stay where they are", async ({ page, server }) => {
  await server.startRun("lab", script([{ text: "First." }]));
  await open(page, "/w/lab/runs");
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.nth(1).getByRole("link").getAttribute("href");
  await server.startRun("lab", script([{ text: "Second." }]));
  const more = page.getByRole("button", { name: "1 new run" });
  await expect(more).toBeVisible();
  expect(await rows.nth(1).getByRole("link").getAttribute("href")).toBe(before);
  await more.click();
  await expect(rows.nth(2).getByRole("link")).toHaveAttribute("href", before!);
});

test("a filter is part of the address, and an empty result says so", async ({ page }) => {
  await open(page, "/w/lab/runs?state=interrupted");
  await expect(page.getByRole("button", { name: "interrupted" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("No run is like this.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all runs" }).click();
  await expect(page).toHaveURL(/\/w\/lab\/runs$/);
});

test("a run is seen as timeline, trace, journal, audit and raw", async ({ page, server }) => {
  const { runId } = await server.startRun("inventory", planAndExecute("plan-sides"));
  await open(page, `/w/inventory/runs/${runId}`);
  await page.getByRole("link", { name: "Waits for approval" }).click();
  await page.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByTestId("approval")).toHaveAttribute("data-state", "decided");
  await open(page, `/w/inventory/runs/${runId}`);
  await expect(page.locator("header [data-state=finished]")).toBeVisible();
  await page.getByRole("searchbox").fill("mark_down");
  await expect(page.getByText(/\d+ of \d+ lines/)).toBeVisible();
  await page.getByRole("listitem").first().getByRole("button").click();
  await expect(page).toHaveURL(/event=\d+/);
  await expectAccessible(page);

  await page.getByRole("link", { name: "trace" }).click();
  const tree = page.getByRole("treegrid", { name: "Trace" });
  await expect(tree.getByRole("row").first()).toContainText("coordinator");
  await tree.getByRole("row").first().focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tree.getByRole("row")).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/span=/);
  await expectAccessible(page);

  await page.getByRole("link", { name: "journal" }).click();
  await expect(page.getByText("The records are as they were written", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: /Run started/ }).click();
  await expectAccessible(page);

  await page.getByRole("link", { name: "audit" }).click();
  await expect(page.getByRole("cell", { name: "studio" }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "raw" }).click();
  await expect(page.getByText(runId).first()).toBeVisible();
  await expectAccessible(page);
});

test("a run is forked from an entry of its journal", async ({ page, server }) => {
  const { runId } = await server.startRun("lab", script([{ text: "Once." }]));
  await open(page, `/w/lab/runs/${runId}/journal`);
  await page.getByRole("button", { name: "Fork from entry 1", exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Fork", exact: true }).click();
  await expect(page.getByRole("link", { name: /Forked from/ })).toBeVisible();
});

test("of ten thousand events only those in view are drawn; all are in order, and found", async ({ page, server }) => {
  const { runId } = await server.startRun("lab", script([call("emit_many", { number: 10_000 }), { text: "Done." }]));
  await open(page, `/w/lab/runs/${runId}`);
  await expect(page.getByText(/10,0\d\d lines/)).toBeVisible({ timeout: 40_000 });
  const list = page.getByTestId("events");
  const rows = list.getByRole("listitem");
  // From top to end by wheels of many sizes: what is in view is always a piece of the whole, in order, without a gap.
  for (const share of [0, 0.1, 0.35, 0.36, 0.62, 0.93, 1]) {
    await list.evaluate((element, share) => element.scrollTo(0, share * element.scrollHeight), share);
    const positions = () => rows.evaluateAll((elements) => elements.map((element) => Number(element.getAttribute("aria-posinset"))));
    await expect.poll(async () => inView(list)).toBe(true);
    const shown = await positions();
    expect(shown).toEqual(shown.map((_, index) => shown[0]! + index));
    expect(await page.locator("*").count()).toBeLessThan(3000);
  }
  await expect(rows.last()).toContainText("Run ended");
  await page.keyboard.press("/");
  await page.keyboard.type('"index":9876,');
  await expect(page.getByText(/^1 of 10,0\d\d lines$/)).toBeVisible();
  await rows.getByRole("button").click();
  await expect(list).toContainText('"index": 9876');
  await page.reload();
  await expect(list).toContainText('"index": 9876');
  expect(await page.locator("*").count()).toBeLessThan(3000);
});

test("what is not there says so", async ({ page, complaints }) => {
  await page.goto("/w/lab/runs/run-00000000000000000000000000000000");
  await expect(page.getByRole("alert")).toContainText("run_not_found");
  await page.goto("/w/nowhere/playground");
  await expect(page.getByText("There is no workspace 'nowhere'.")).toBeVisible();
  await page.goto("/w/lab/nothing");
  await expect(page.getByText("There is no such page.")).toBeVisible();
  // The browser itself reports answers with status 404.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});

/** Whether rows are drawn over all of the part of the list that is in view. */
async function inView(list: Locator): Promise<boolean> {
  return list.evaluate((element) => {
    const frame = element.getBoundingClientRect();
    return [frame.top + 4, frame.top + frame.height / 2, frame.bottom - 4].every(
      (y) => document.elementFromPoint(frame.left + 200, y)?.closest("[role=listitem]") != null,
    );
  });
}
