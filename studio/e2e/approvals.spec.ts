import { call, script } from "./prompts";
import { expect, expectAccessible, open, test } from "./fixtures";
import type { Server } from "./server";

const Asked = 57;

/** Asks many things of people, one after the other, and says which requests these are, first to last. */
async function askMany(server: Server): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= Asked; number++) {
    const { runId } = await server.startRun("lab", script([call("send_message", { to: `person-${number}@example.com`, text: "Ready." }), { text: "Sent." }]));
    await expect
      .poll(async () => {
        const response = await fetch(`${server.address}/api/workspaces/lab/approvals?run=${runId}`);
        const { items } = (await response.json()) as { items: { id: string }[] };
        return items.length > 0 ? ids.push(items[0]!.id) : 0;
      })
      .toBeGreaterThan(0);
  }
  return ids;
}

test("however many requests there are, all can be reached, and what was answered last comes first", async ({ page, server }) => {
  const ids = await askMany(server);
  await open(page, "/w/lab/approvals");
  const waiting = page.getByRole("list", { name: "Waiting" });
  await expect(waiting.getByRole("listitem")).toHaveCount(50);
  await expect(page).toHaveURL(new RegExp(`${ids[0]}$`));
  await expect(page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: /Approvals/ })).toContainText(String(Asked));
  await page.getByRole("button", { name: "Show more after 50" }).click();
  await expect(waiting.getByRole("listitem")).toHaveCount(Asked);
  await expect(page.getByText(`${Asked} requests waiting`)).toBeVisible();
  await expectAccessible(page);

  // The keys go along the list, and what is answered leaves it.
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`${ids[1]}$`));
  await expect(page.getByTestId("approval")).toHaveAttribute("data-state", "pending");
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: /^Reject/ }).fill("Not today.");
  await page.keyboard.press("Control+Enter");
  await expect(waiting.getByRole("listitem")).toHaveCount(Asked - 1);

  for (const id of ids.slice(2, 5)) {
    await fetch(`${server.address}/api/workspaces/lab/approvals/${id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ outcome: "reject", decidedBy: "test" }),
    });
  }
  await page.getByRole("navigation", { name: "Lists of requests" }).getByRole("link", { name: "answered" }).click();
  const answered = page.getByRole("list", { name: "Answered" });
  await expect(answered.getByRole("listitem")).toHaveCount(4);
  const links = await answered.getByRole("link").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  expect(links).toEqual([ids[4], ids[3], ids[2], ids[1]].map((id) => `/w/lab/approvals/${id}?show=answered`));
  await expect(page).toHaveURL(new RegExp(`${ids[4]}\\?show=answered$`));
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`${ids[3]}\\?show=answered$`));
  await page.reload();
  await expect(answered.getByRole("listitem")).toHaveCount(4);
  await expectAccessible(page);
});
