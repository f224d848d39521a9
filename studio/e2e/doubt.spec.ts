import type { Locator, Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, expectAccessible, expectComplaints, open, test } from "./fixtures";
import { call, script, shipAndTell } from "./prompts";
import type { Server } from "./server";

const screenshots = fileURLToPath(new URL("../screenshots/", import.meta.url));
const Back = { timeout: 45_000 };

test.afterEach(({ complaints }) => expectComplaints(complaints, "unanswered"));

/** Lets a plan of two actions be executed and kills the server in the middle of the first, whose effect has happened. */
async function killInAction(page: Page, server: Server, place: string): Promise<Locator> {
  const { threadId } = await server.startRun("dock", shipAndTell(`plan-${place}`, [{ kind: "ship", to: place, boxes: 3 }, { kind: "announce", text: `after ${place}` }], "It is settled."));
  server.hold(place);
  await open(page, `/w/dock/playground/${threadId}`);
  await page.getByRole("button", { name: "Approve 2 actions" }).click();
  await expect.poll(() => effectsAt(server, place)).toHaveLength(1);
  await expect(page.getByTestId("action").first().locator("[data-state=executing]")).toBeVisible();
  await server.stop("SIGKILL");
  server.release(place);
  await server.start();
  const card = page.locator("[data-testid=approval][data-state=pending]");
  await expect(card).toBeVisible(Back);
  await expect(card.getByRole("heading", { name: "Did this happen?" })).toBeVisible();
  return card;
}

function effectsAt(server: Server, place: string): { what: string; key: string }[] {
  return server.effects().filter(({ what }) => what.endsWith(place));
}

test("an action that a crash left in doubt is shown with all that is known, and marked as done", async ({ page, server }) => {
  const card = await killInAction(page, server, "rome");
  await expect(card).toContainText("Ship was begun and nothing tells how it ended");
  await expect(card).toContainText("Action 1 of plan-rome");
  await expect(card).toContainText(effectsAt(server, "rome")[0]!.key);
  await expect(card).toContainText("Boxes");
  await expect(card).toContainText("rome");
  await expect(page.getByTestId("action").first().locator("[data-state=in_doubt]")).toBeVisible();
  await expectAccessible(page);
  mkdirSync(screenshots, { recursive: true });
  for (const [width, theme] of [[1280, "light"], [1280, "dark"], [390, "light"], [390, "dark"]] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 844 });
    await page.screenshot({ path: `${screenshots}in-doubt-${width}-${theme}.png` });
  }
  await card.getByRole("button", { name: "It happened" }).click();
  await card.getByLabel("How many were changed?").fill("3");
  await card.getByRole("textbox", { name: /How do you know/ }).fill("They called.");
  await card.getByRole("button", { name: "It happened" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  expect(effectsAt(server, "rome").map(({ what }) => what)).toEqual(["ship rome", "announce after rome"]);
  await expect(page.locator("[data-testid=approval]").getByText("Marked as done")).toBeVisible();
  await expect(page.getByTestId("action").locator("[data-state=executed]")).toHaveCount(2);
  await expect(page.getByText("They called.", { exact: false }).first()).toBeVisible();
});

test("an action in doubt is done again, under the same key", async ({ page, server }) => {
  const card = await killInAction(page, server, "oslo-again");
  await page.reload();
  await card.getByRole("button", { name: "Do it again" }).click();
  await card.getByRole("textbox", { name: /Why is that safe/ }).fill("The ship has not left.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  const ships = effectsAt(server, "oslo-again").filter(({ what }) => what.startsWith("ship"));
  expect(ships).toHaveLength(2);
  expect(ships[0]!.key).toBe(ships[1]!.key);
  await expect(page.getByText("Shipped 3 boxes to oslo-again.")).toBeVisible();
});

test("an action in doubt that failed fails its plan, and what follows it is not done", async ({ page, server }) => {
  await killInAction(page, server, "paris");
  // Answered where all requests are, by its keys.
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.getByRole("list", { name: "Waiting" }).getByRole("link", { name: /plan-paris/ }).press("Enter");
  await expect(page.getByRole("heading", { name: "Did this happen?" })).toBeVisible();
  await page.keyboard.press("f");
  await page.keyboard.insertText("The harbour is closed.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("approval")).toContainText("Marked as failed");
  await page.getByRole("link", { name: "the conversation" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await expect(page.getByTestId("action").first().locator("[data-state=failed]")).toBeVisible();
  expect(effectsAt(server, "paris").map(({ what }) => what)).toEqual(["ship paris"]);
});

test("a tool call that a crash left in doubt is settled, and its result says who did", async ({ page, server }) => {
  server.hold("vienna");
  const { threadId } = await server.startRun("dock", script([call("post_letter", { to: "vienna" }), { text: "The letter is settled." }]));
  await open(page, `/w/dock/playground/${threadId}`);
  await expect.poll(() => effectsAt(server, "vienna")).toHaveLength(1);
  await server.stop("SIGKILL");
  server.release("vienna");
  await server.start();
  const card = page.locator("[data-testid=approval][data-state=pending]");
  await expect(card).toBeVisible(Back);
  await expect(card).toContainText("post letter", { ignoreCase: true });
  await card.getByRole("button", { name: "It happened" }).click();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("The letter is settled.", { exact: true })).toBeVisible();
  expect(effectsAt(server, "vienna")).toHaveLength(1);
  await page.getByTestId("tool").getByRole("button").first().click();
  await expect(page.getByTestId("tool")).toContainText("was marked as done by studio");
});
