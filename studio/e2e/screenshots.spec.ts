import { expect, test } from "./fixtures";
import { expectEveryLook } from "./looks";
import { script } from "./prompts";

const answer = `The plan was executed:

- **60 prices** were lowered by 20 %,
- **8 products** were ordered, 24 units each,
- **15 products** are on hold until 2026-09-30.

| Kind | Changes |
| --- | ---: |
| mark down | 60 |
| reorder | 8 |
| hold | 15 |`;

test("every page, in both themes and widths", async ({ page, server }) => {
  test.setTimeout(300_000);
  const june = await server.offeredPrompt("inventory", "Make room at the end of June");
  const finished = await server.startRun("inventory", june);
  await page.goto(`/w/inventory/playground/${finished.threadId}`);
  await page.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  const waiting = await server.startRun("inventory", june);
  await page.goto(`/w/inventory/playground/${waiting.threadId}`);
  await expect(page.getByTestId("approval")).toBeVisible();
  for (const text of ["How many winter boots were sold in December?", answer]) await server.startRun("lab", script([{ text }]));

  await expectEveryLook(page, [
    ["playground-new", "/w/inventory/playground"],
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
  ]);
});
