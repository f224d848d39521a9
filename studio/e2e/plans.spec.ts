import { expect, expectAccessible, open, test } from "./fixtures";
import { planAndExecute } from "./prompts";

test("a plan that was sent back shows what changed beside what was said, and keeps its versions on a page", async ({ page, server }) => {
  const { threadId } = await server.startRun("inventory", await server.offeredPrompt("inventory", "Make room at the end of June"));
  await open(page, `/w/inventory/playground/${threadId}`);
  const pending = page.locator("[data-testid=approval][data-state=pending]");
  await pending.getByRole("button", { name: "Revise" }).click();
  await pending.getByRole("textbox", { name: /Revise/ }).fill("Half of that markdown.");
  await pending.getByRole("button", { name: "Revise" }).click();
  await expect(pending.getByText("v2")).toBeVisible();
  await expect(pending.getByTestId("cause")).toContainText("Version 1 was sent back by studio: Half of that markdown.");
  await expect(pending.locator("del").first()).toBeVisible();
  await expectAccessible(page);

  await pending.getByRole("button", { name: "Edit values" }).click();
  const percent = pending.getByRole("textbox", { name: "Percent" });
  await percent.fill("12");
  await pending.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");

  await page.getByRole("region", { name: /^Approved: plan-/ }).getByRole("button", { expanded: false }).first().click();
  await page.getByTitle("The plan and its versions").click();
  await expect(page.getByLabel("Version", { exact: true })).toHaveValue("3");
  await expect(page.getByTestId("cause")).toContainText("Version 2 was edited and approved by studio");
  await expect(page.getByRole("listitem").filter({ hasText: "Mark down" }).locator("del")).toHaveText("10");
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(6);
  await expectAccessible(page);
  await page.keyboard.press("[");
  await expect(page.getByTestId("cause")).toContainText("Half of that markdown.");
  await page.getByLabel("Version", { exact: true }).selectOption("3");
  await page.getByLabel("Compared with version").selectOption("1");
  await expect(page).toHaveURL(/version=3&against=1/);
  await expect(page.getByRole("listitem").filter({ hasText: "Mark down" }).locator("del")).toHaveText("20");
});

test("an edit that the server refuses is told at its field, and stays", async ({ page, server, complaints }) => {
  const { threadId } = await server.startRun("inventory", planAndExecute("plan-refused"));
  await open(page, `/w/inventory/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await card.getByRole("button", { name: "Edit values" }).click();
  const sources = card.getByRole("textbox", { name: "Sources" });
  await sources.fill('["document:retail:markdown.md", 5]');
  await card.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(card.getByRole("alert")).toContainText("see the fields above");
  await expect(sources).toHaveAttribute("aria-invalid", "true");
  await expect(sources).toHaveAccessibleDescription(/string/);
  await expect(sources).toHaveValue('["document:retail:markdown.md", 5]');
  await expectAccessible(page);
  await sources.fill('["document:retail:markdown.md"]');
  await card.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(card).toHaveAttribute("data-state", "decided");
  // The browser itself reports the answer with status 422.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("422")));
});

test("a plan that is not there says so", async ({ page, complaints }) => {
  await page.goto("/w/inventory/plans/plan-none");
  await expect(page.getByRole("alert")).toContainText("plan_not_found");
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});
