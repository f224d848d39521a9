import type { Page } from "@playwright/test";
import { expect, expectComplaints, open, test } from "./fixtures";
import { shipAndTell, talk } from "./prompts";
import type { Server } from "./server";
import { numbers, wordsOf } from "./words";

const shipments = [
  { kind: "ship", to: "berlin", boxes: 3 },
  { kind: "ship", to: "oslo", boxes: 5 },
  { kind: "announce", text: "gone" },
];

/** Back within the longest pause between two attempts of the page. */
const Back = { timeout: 45_000 };

test.afterEach(({ complaints }) => expectComplaints(complaints, "unanswered"));

test("a server that is killed while a plan waits comes back: the page reconnects by itself, and each action happens once", async ({ page, server }) => {
  const before = server.effects().length;
  const { runId, threadId } = await server.startRun("dock", shipAndTell("plan-restart", shipments));
  await open(page, `/w/dock/playground/${threadId}`);
  const card = page.getByTestId("approval");
  await expect(card).toHaveAttribute("data-state", "pending");
  await card.getByRole("button", { name: "Edit values" }).click();
  await card.getByLabel("Boxes").first().fill("4");
  await server.stop("SIGKILL");
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await expect(card.getByRole("button", { name: /^Approve/ })).toBeDisabled();
  await expect(card.getByText("nothing can be answered until it is back")).toBeVisible();
  await server.start();
  await expect(card.getByRole("button", { name: "Approve 3 actions with edits" })).toBeEnabled(Back);
  await expect(page.getByText("Reconnecting…")).toHaveCount(0);
  await card.getByRole("button", { name: "Approve 3 actions with edits" }).click();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await expect(card.getByText("Shipped 4 boxes to berlin.")).toBeVisible();
  await expect(page.getByText("All is shipped.", { exact: true })).toHaveCount(1);
  expect(server.effects().slice(before).map(({ what }) => what)).toEqual(["ship berlin", "ship oslo", "announce gone"]);
  await expectSameAsRecorded(page, server, "dock", runId);
});

test("a server that is killed twice in mid-stream of text comes back: what was said is kept apart from what is said anew", async ({ page, server }) => {
  server.hold("talk");
  const { runId, threadId } = await server.startRun("talk", talk(300, { holdAt: 150 }));
  await open(page, `/w/talk/playground/${threadId}`);
  const answer = page.getByTestId("run").locator(".markdown");
  await expect.poll(() => wordsOf(answer)).toEqual(numbers(150));
  for (let time = 0; time < 2; time++) {
    await server.stop("SIGKILL");
    await expect(page.getByText("Reconnecting…")).toBeVisible();
    await server.start();
    await expect(page.getByText("Reconnecting…")).toHaveCount(0, Back);
  }
  await expect.poll(() => wordsOf(answer), Back).toEqual(numbers(150));
  server.release("talk");
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished", Back);
  await expect.poll(() => wordsOf(answer)).toEqual(numbers(300));
  await expect(page.getByText("Text of an attempt that failed")).toHaveCount(2);
  await expectSameAsRecorded(page, server, "talk", runId);
});

test("a page that is opened while the server is away waits for it", async ({ page, server }) => {
  await server.startRun("talk", talk(20));
  await open(page, "/w/talk/playground");
  await server.stop("SIGKILL");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Runs" }).click();
  await expect(page).toHaveURL(/runs$/);
  await expect(page.getByText("The server does not answer.", { exact: false })).toBeVisible();
  await server.start();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row").nth(1)).toBeVisible(Back);
  await expect(page.getByText("The server does not answer.", { exact: false })).toHaveCount(0, Back);
});

/** What the page shows is what it shows when it reads everything once more. */
async function expectSameAsRecorded(page: Page, server: Server, workspace: string, runId: string): Promise<void> {
  const shown = await page.getByTestId("run").innerText();
  await page.reload();
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  await expect.poll(() => page.getByTestId("run").innerText()).toBe(shown);
  const { events } = await server.read<{ events: { sequence: number }[] }>(`workspaces/${workspace}/runs/${runId}/events?limit=5000`);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
}
