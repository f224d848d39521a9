import { expect, expectAccessible, open, test } from "./fixtures";
import { call, planAndExecute, script } from "./prompts";

test("the whole job of the example is done in the browser: asked by a button, sent back, approved, audited", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /Make room at the end of June/ }).click();
  const pending = page.locator("[data-testid=approval][data-state=pending]");
  await expect(pending.getByTestId("action")).toHaveCount(3);
  await pending.getByRole("button", { name: "low cover in Running Shoes" }).click();
  await expect(page.getByRole("dialog")).toContainText("Stock units");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await pending.getByRole("button", { name: "Revise" }).click();
  await pending.getByRole("textbox", { name: /Revise/ }).fill("Half of that markdown.");
  await pending.getByRole("button", { name: "Revise" }).click();
  await expect(pending.getByText("v2")).toBeVisible();
  await pending.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await page.getByRole("link", { name: "Open run" }).click();
  await page.getByRole("link", { name: "audit" }).click();
  const decisions = page.getByRole("row").filter({ has: page.getByRole("cell", { name: "studio", exact: true }) });
  await expect(decisions.filter({ hasText: "Half of that markdown." })).toHaveCount(1);
  await expect(decisions.filter({ hasText: "approve" }).first()).toBeVisible();
});

test("a plan is approved, executed live and leaves one line", async ({ page, server }) => {
  const { threadId } = await server.startRun("inventory", planAndExecute("plan-approve"));
  await open(page, `/w/inventory/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await expect(card.getByTestId("action")).toHaveCount(3);
  await expect(card.getByTestId("preview")).toHaveCount(3);
  await expectAccessible(page);
  await card.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await expect(card).toHaveAttribute("data-state", "decided");
  await expect(card.locator("[data-state=executed]")).toHaveCount(4);
  await expect(card.getByText("Ordered 24 units each of 8 products.")).toBeVisible();
  await expect(page.getByText("The plan was executed.", { exact: true })).toBeVisible();
});

test("a plan is edited in place: what does not fit is said beside the field, and the edited value is executed", async ({ page, server }) => {
  const { threadId } = await server.startRun("inventory", planAndExecute("plan-edit"));
  await open(page, `/w/inventory/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await card.getByRole("button", { name: "Edit values" }).click();
  const percent = card.getByLabel("Percent");
  await percent.fill("95");
  await card.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(card.getByText("At most 90.")).toBeVisible();
  await expect(percent).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await percent.fill("15");
  await page.reload();
  await expect(card.getByLabel("Percent")).toHaveValue("15");
  await card.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(card.getByText("Lowered 60 prices by 15 %.")).toBeVisible();
});

test("a plan is rejected with a word to the agent, by keyboard alone", async ({ page, server }) => {
  const { threadId } = await server.startRun("inventory", planAndExecute("plan-reject", undefined, "It was rejected."));
  await open(page, `/w/inventory/playground/${threadId}`);
  await expect(page.getByTestId("approval")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page.getByRole("heading", { name: "Approvals" })).toBeVisible();
  await expect(page.getByTestId("approval")).toBeVisible();
  await page.keyboard.press("r");
  const field = page.getByRole("textbox", { name: /Reject/ });
  await expect(field).toBeFocused();
  await page.keyboard.type("Not before the fair.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("approval")).toHaveAttribute("data-state", "decided");
  await expect(page.getByTestId("approval")).toContainText("Rejected");
  await open(page, `/w/inventory/playground/${threadId}`);
  await expect(page.getByTestId("approval").getByText("Not before the fair.")).toBeVisible();
});

test("a plan is sent back, and its next version shows what changed", async ({ page, server }) => {
  const revise = [{ kind: "reorder_products", quantityPerProduct: 24 }, { kind: "hold_inventory", reason: "Out of season until October", until: "2026-09-30" }];
  const first = planAndExecute("plan-revise", [...revise, { kind: "mark_down", percent: 20 }]);
  const second = planAndExecute("plan-revise", [...revise, { kind: "mark_down", percent: 10 }]);
  const steps = [first, second].flatMap((text) => (JSON.parse(text) as { script: object[] }).script.slice(0, 2));
  const { threadId } = await server.startRun("inventory", script([...steps, { text: "Done in the end." }]));
  await open(page, `/w/inventory/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await card.getByRole("button", { name: "Revise" }).click();
  await expect(card.getByRole("button", { name: "Revise" })).toBeDisabled();
  await card.getByRole("textbox", { name: /Revise/ }).fill("Half the markdown, please.");
  await card.getByRole("button", { name: "Revise" }).click();
  const next = page.locator("[data-testid=approval][data-state=pending]");
  await expect(next.getByText("v2")).toBeVisible();
  await expect(next.locator("del", { hasText: "20" })).toBeVisible();
  await expectAccessible(page);
  await next.getByRole("button", { name: "Approve 3 actions" }).click();
  await expect(page.getByText("Done in the end.", { exact: true })).toBeVisible();
});

test("stop ends the run from any tab", async ({ page, server }) => {
  const { threadId } = await server.startRun("lab", script([call("work", { number: 50 }), { text: "Never said." }]));
  await open(page, `/w/lab/playground/${threadId}`);
  await expect(page.getByText(/step \d+ of 50/)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "cancelled");
  await expect(page.getByText("Stopped.", { exact: false })).toBeVisible();
});

test("hostile text of a model stays text", async ({ page, server }) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto("/w/lab/playground");
  await page.getByRole("button", { name: "Answer with hostile text" }).click();
  await expect(page.getByRole("heading", { name: "Heading" })).toBeVisible();
  expect(await page.evaluate(() => "attacked" in window)).toBe(false);
  await expect(page.locator("article img, article script")).toHaveCount(0);
  expect(await page.locator("article a[href^='javascript:']").count()).toBe(0);
  expect(requests.filter((url) => !url.startsWith(server.address))).toEqual([]);
});

test("a prompt is written, sent with Enter and answered; a draft outlives a reload", async ({ page }) => {
  await open(page, "/w/lab/playground");
  const field = page.getByRole("textbox", { name: "Prompt" });
  await field.fill("half a thought");
  await page.reload();
  await expect(field).toHaveValue("half a thought");
  await field.fill(script([{ text: "Answered." }]));
  await field.press("Enter");
  await expect(page.getByText("Answered.", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/playground\/thread-/);
  await expect(field).toHaveValue("");
});

test("a failed tool and a failed run say what went wrong", async ({ page }) => {
  await open(page, "/w/lab/playground");
  await page.getByRole("button", { name: "Break something" }).click();
  await expect(page.getByTestId("tool")).toHaveAttribute("data-state", "failed");
  await expect(page.getByText("It did not work.", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Playground" }).click();
  await page.getByRole("button", { name: /^Fail/ }).click();
  await expect(page.getByText("The run failed.", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expectAccessible(page);
});
