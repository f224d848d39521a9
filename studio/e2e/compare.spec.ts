import { ended } from "./cases";
import { expect, expectAccessible, open, test } from "./fixtures";
import { expectEveryLook } from "./looks";
import { call, script } from "./prompts";

const quiet = (number: number) => call("emit_many", { number });

test("a fork is compared with its original from the dialog that made it", async ({ page, server }) => {
  const { runId } = await server.startRun("lab", script([quiet(1), { text: "Once." }]));
  await ended(server, "lab", runId);
  await open(page, `/w/lab/runs/${runId}/journal`);
  await page.getByRole("button", { name: "Fork from entry 1", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Fork and compare" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/compare\\?left=${runId}&right=run-`));
  await expect(page.getByRole("region", { name: "Run B" })).toContainText("forked from A at entry 1");
  await expect(page.getByText(/Both did the same in \d steps\./)).toBeVisible();
  await expect(page.getByText("Alike: the same prompt", { exact: false })).toBeVisible();
  await expectAccessible(page);
});

test("two runs are marked in the list with the keyboard, and their first difference is opened", async ({ page, server }) => {
  const alike = Array.from({ length: 6 }, (_, index) => quiet(index + 1));
  const first = await server.startRun("lab", script([...alike, quiet(20), { text: "Twenty were counted." }]));
  await ended(server, "lab", first.runId);
  const second = await server.startRun("lab", script([...alike, quiet(30), quiet(40), { text: "Thirty were counted." }]));
  await ended(server, "lab", second.runId);
  await open(page, "/w/lab/runs");
  await page.getByRole("table", { name: "Runs" }).getByRole("link").first().focus();
  await page.keyboard.press("x");
  await expect(page.getByText("1 marked: mark another to compare")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expectAccessible(page);
  await page.keyboard.press("d");

  await expect(page).toHaveURL(`/w/lab/runs/compare?left=${first.runId}&right=${second.runId}`);
  const steps = page.getByRole("list", { name: "Steps" });
  await expect(page.getByRole("status").filter({ hasText: "difference 1 of" })).toBeVisible();
  await expect(steps.getByRole("button", { expanded: true })).toContainText("Emit many");
  await expect(page.getByTestId("differences").locator("del").first()).toContainText("20");
  await expect(page.getByTestId("differences").locator("ins").first()).toContainText("30");
  await expect(steps.getByRole("button", { name: /steps alike/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Settings" })).toContainText("Prompt");
  await expectAccessible(page);

  await page.keyboard.press("n");
  await expect(page.getByRole("status").filter({ hasText: "difference 2 of" })).toBeVisible();
  await expect(page).toHaveURL(/step=/);
  const address = page.url();
  await page.keyboard.press("p");
  await expect(page.getByRole("status").filter({ hasText: "difference 1 of" })).toBeVisible();
  await open(page, address);
  await expect(page.getByRole("status").filter({ hasText: "difference 2 of" })).toBeVisible();
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(page).toHaveURL(`/w/lab/runs/compare?left=${second.runId}&right=${first.runId}`);
  await expect(page.getByTestId("differences").locator("del").first()).toContainText("30");
});

test("a run page asks what to compare with, and what is not there says so", async ({ page, server, complaints }) => {
  const one = await server.startRun("lab", script([{ text: "One." }]));
  const other = await server.startRun("lab", script([{ text: "Other." }]));
  await Promise.all([ended(server, "lab", one.runId), ended(server, "lab", other.runId)]);
  await open(page, `/w/lab/runs/${one.runId}`);
  await page.getByRole("button", { name: "Compare with…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("with…");
  await expectAccessible(page);
  await page.getByRole("list", { name: "Runs" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Run A" })).toBeVisible();
  await open(page, "/w/lab/runs/compare");
  await expect(page.getByText("Choose two runs to compare.")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/w/lab/runs/compare?left=${one.runId}&right=run-none`);
  await expect(page.getByRole("alert")).toContainText("run_not_found");
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});

test("pages of comparing, plans and usage, in both themes and widths", async ({ page, server }) => {
  test.setTimeout(300_000);
  const june = await server.offeredPrompt("inventory", "Make room at the end of June");
  const runs = [];
  for (const feedback of [null, "Half of that markdown."]) {
    const run = await server.startRun("inventory", june);
    runs.push(run.runId);
    await open(page, `/w/inventory/playground/${run.threadId}`);
    const pending = page.locator("[data-testid=approval][data-state=pending]");
    if (feedback) {
      await pending.getByRole("button", { name: "Revise" }).click();
      await pending.getByRole("textbox", { name: /Revise/ }).fill(feedback);
      await pending.getByRole("button", { name: "Revise" }).click();
      await expect(pending.getByText("v2")).toBeVisible();
    }
    await pending.getByRole("button", { name: "Approve 3 actions" }).click();
    await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  }
  await page.getByRole("region", { name: /^Approved: plan-/ }).getByRole("button", { expanded: false }).first().click();
  const plan = await page.getByTitle("The plan and its versions").getAttribute("href");
  await expectEveryLook(page, [
    ["runs-compare", `/w/inventory/runs/compare?left=${runs[0]}&right=${runs[1]}`, () => expect(page.getByTestId("differences")).toBeAttached()],
    ["runs-compare-choose", `/w/inventory/runs/compare?right=${runs[1]}`],
    ["runs-compare-empty", "/w/inventory/runs/compare"],
    ["plan", plan!],
    ["usage", "/w/inventory/usage"],
    ["usage-empty", "/w/shop/usage"],
  ]);
});
