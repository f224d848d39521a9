import type { Page } from "@playwright/test";
import { expect, expectAccessible, open, test } from "./fixtures";
import { call, script, shipAndTell } from "./prompts";

/** Nothing but the keyboard is used here. */
async function write(page: Page, prompt: string): Promise<void> {
  await open(page, "/w/dock/playground");
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Prompt" })).toBeFocused();
  await page.keyboard.insertText(prompt);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("approval")).toHaveAttribute("data-state", "pending");
  await page.keyboard.press("Escape");
}

const one = (to: string, boxes: number) => [{ kind: "ship", to, boxes }];

test("from load to an approved plan with an edited value, by keys alone", async ({ page, server }) => {
  await write(page, shipAndTell("plan-keys", one("lima", 3)));
  const card = page.getByTestId("approval");
  await page.keyboard.press("w");
  await expect(card).toBeFocused();
  await page.keyboard.press("v");
  await expect(card.getByLabel("Rationale")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(card.getByLabel("Boxes")).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("7");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await expect(card.getByRole("textbox", { name: /^Approve/ })).toBeFocused();
  await page.keyboard.insertText("Seven fit.");
  await page.keyboard.press("Control+Enter");
  await expect(card).toHaveAttribute("data-state", "decided");
  await expect(card.getByRole("button", { name: /Approved/ })).toBeFocused();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await expect(card.getByText("Shipped 7 boxes to lima.")).toBeVisible();
  await expect(card.getByText("Seven fit.", { exact: false })).toBeVisible();
  expect(server.effects().filter(({ what }) => what === "ship lima")).toHaveLength(1);
});

test("a plan is rejected with a reason, by keys alone", async ({ page, server }) => {
  await write(page, shipAndTell("plan-keys-reject", one("quito", 1), "It was rejected."));
  const card = page.getByTestId("approval");
  await page.keyboard.press("r");
  await page.keyboard.insertText("Nobody is there.");
  await page.keyboard.press("Control+Enter");
  await expect(card).toContainText("Rejected");
  await expect(card).toContainText("Nobody is there.");
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  expect(server.effects().filter(({ what }) => what === "ship quito")).toEqual([]);
});

test("a plan is sent back with what is to change, and its next version approved, by keys alone", async ({ page, server }) => {
  const steps = [3, 2].flatMap((boxes) => (JSON.parse(shipAndTell("plan-keys-revise", one("bern", boxes))) as { script: object[] }).script.slice(0, 2));
  await write(page, script([...steps, { text: "Two are gone." }]));
  await page.keyboard.press("e");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("textbox", { name: /^Revise/ })).toBeFocused();
  await page.keyboard.insertText("Two are enough.");
  await page.keyboard.press("Control+Enter");
  const next = page.locator("[data-testid=approval][data-state=pending]");
  await expect(next.getByText("v2")).toBeVisible();
  await expect(next.locator("del", { hasText: "3" })).toBeVisible();
  await page.keyboard.press("w");
  await expect(next).toBeFocused();
  await page.keyboard.press("a");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Two are gone.", { exact: true })).toBeVisible();
  expect(server.effects().filter(({ what }) => what === "ship bern")).toHaveLength(1);
});

test("of two calls that are asked about, keys answer the first, then the second", async ({ page, server }) => {
  const letters = script([{ tools: ["ada", "ben"].map((to) => call("send_message", { to, text: "hello" })) }, { text: "Both were heard." }]);
  const { threadId } = await server.startRun("lab", letters);
  await open(page, `/w/lab/playground/${threadId}`);
  const cards = page.getByTestId("approval");
  await expect(cards.first()).toHaveAttribute("data-state", "pending");
  await page.keyboard.press("a");
  await page.keyboard.press("Control+Enter");
  await expect(cards.first()).toHaveAttribute("data-state", "decided");
  await expect(cards.nth(1)).toHaveAttribute("data-state", "pending");
  await page.keyboard.press("r");
  await page.keyboard.press("Control+Enter");
  await expect(cards.nth(1)).toContainText("Rejected");
  await expect(cards.first()).toContainText("Approved");
  await expect(page.getByText("Both were heard.", { exact: true })).toBeVisible();
});
