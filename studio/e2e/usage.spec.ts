import { ended } from "./cases";
import { expect, expectAccessible, open, test } from "./fixtures";
import { script } from "./prompts";

test("what was used today is in the top bar, and more about it a click away", async ({ page, server }) => {
  await open(page, "/w/shop/usage");
  await expect(page.getByText("No model was called in these days.")).toBeVisible();
  await expectAccessible(page);
  const { runId } = await server.startRun("lab", script([{ text: "Counted." }]));
  await ended(server, "lab", runId);
  await open(page, "/w/lab/playground");
  await page.getByRole("link", { name: /today/ }).click();
  await expect(page).toHaveURL("/w/lab/usage");
  await expect(page.getByRole("region", { name: "By agent" })).toContainText("helper");
  await expect(page.getByRole("region", { name: "By day" }).getByRole("listitem")).toHaveCount(30);
  // A script costs nothing: there is no price to tell.
  await expect(page.getByText("$0")).toHaveCount(0);
  await page.getByRole("button", { name: "7 days" }).click();
  await expect(page).toHaveURL(/days=7/);
  await expect(page.getByRole("region", { name: "By day" }).getByRole("listitem")).toHaveCount(7);
  await expectAccessible(page);
});
