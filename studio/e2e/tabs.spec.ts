import type { Browser, Page } from "@playwright/test";
import { expect, expectComplaints, listen, open, test } from "./fixtures";
import { call, script, shipAndTell } from "./prompts";
import type { Server } from "./server";

const letter = script([call("send_message", { to: "ada", text: "hello" }), { text: "It was sent." }]);

interface Approval {
  id: string;
  status: string;
  decisions: { outcome: string; decidedBy: string }[];
}

/** Another tab of the same browser, or of another one. */
async function another(page: Page, browser: Browser, where: "tab" | "browser", server: Server, complaints: string[]): Promise<Page> {
  const context = where === "tab" ? page.context() : await browser.newContext({ baseURL: server.address });
  const other = await context.newPage();
  listen(other, complaints);
  return other;
}

for (const where of ["tab", "browser"] as const) {
  test(`what one ${where} decides another one shows: who answered, and what came of it`, async ({ page, browser, server, complaints }) => {
    const { threadId } = await server.startRun("lab", letter);
    const other = await another(page, browser, where, server, complaints);
    await open(page, `/w/lab/playground/${threadId}`);
    await open(other, `/w/lab/playground/${threadId}`);
    await expect(other.getByTestId("approval")).toHaveAttribute("data-state", "pending");
    await expect(other.getByRole("link", { name: /Approvals/ })).toContainText(/\d/);
    await page.getByTestId("approval").getByRole("button", { name: "Approve", exact: true }).click();
    await expect(other.getByTestId("approval")).toHaveAttribute("data-state", "decided");
    await expect(other.getByTestId("approval")).toContainText("Approved");
    await expect(other.getByTestId("approval")).toContainText("by studio");
    await expect(other.getByText("It was sent.", { exact: true })).toBeVisible();
    await expect(other.getByTestId("run")).toHaveAttribute("data-state", "finished");
    await other.close();
  });

  test(`when two of them, each in a ${where} of its own, answer at once, one answer counts and both show it`, async ({ page, browser, server, complaints }) => {
    const { runId, threadId } = await server.startRun("lab", letter);
    const other = await another(page, browser, where, server, complaints);
    for (const each of [page, other]) await open(each, `/w/lab/playground/${threadId}`);
    const approve = page.getByTestId("approval").getByRole("button", { name: "Approve", exact: true });
    const reject = other.getByTestId("approval");
    await expect(approve).toBeEnabled();
    await reject.getByRole("button", { name: "Reject" }).click();
    await reject.getByRole("textbox", { name: /Reject/ }).fill("Not today.");
    const answered: number[] = [];
    // Both answers leave their pages before any of them reaches the server.
    const together = barrier(2);
    for (const each of [page, other]) {
      await each.route("**/approvals/*", async (route) => {
        if (route.request().method() !== "POST") return route.continue();
        await together();
        const response = await route.fetch();
        answered.push(response.status());
        await route.fulfill({ response });
      });
    }
    await Promise.all([approve.click(), reject.getByRole("button", { name: "Reject" }).click()]);
    for (const each of [page, other]) await expect(each.getByTestId("approval")).toHaveAttribute("data-state", "decided");
    expect(answered.sort()).toEqual([200, 409]);
    const [request] = (await server.read<{ items: Approval[] }>(`workspaces/lab/approvals?all=true&run=${runId}`)).items;
    expect(request!.decisions).toHaveLength(1);
    const word = request!.decisions[0]!.outcome === "approve" ? "Approved" : "Rejected";
    for (const each of [page, other]) {
      await expect(each.getByTestId("approval")).toContainText(word);
      await expect(each.getByTestId("approval")).toContainText("by studio");
      await expect(each.getByRole("alert")).toHaveCount(0);
      await expect(each.getByRole("dialog")).toHaveCount(0);
    }
    const late = word === "Approved" ? other : page;
    await expect(late.getByText("Somebody answered this first.", { exact: false })).toBeVisible();
    await other.close();
    expectComplaints(complaints, 409);
  });
}

test("an answer to what is decided already, on a page that has not heard of it, shows the answer that counts", async ({ page, server, complaints }) => {
  const { runId } = await server.startRun("dock", shipAndTell("plan-late", [{ kind: "announce", text: "late" }]));
  await expect.poll(async () => (await pending(server, "dock", runId)).length).toBe(1);
  const [request] = await pending(server, "dock", runId);
  await open(page, `/w/dock/approvals/${request!.id}`);
  const card = page.getByTestId("approval");
  await expect(card.getByRole("button", { name: "Approve 1 action" })).toBeEnabled();
  await page.route("**/approvals/*", async (route) => {
    if (route.request().method() === "POST") {
      const other = await fetch(route.request().url(), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ outcome: "reject", feedback: "I was faster.", decidedBy: "ada" }),
      });
      expect(other.status).toBe(200);
    }
    await route.continue();
  });
  await card.getByRole("button", { name: "Approve 1 action" }).click();
  await expect(card).toHaveAttribute("data-state", "decided");
  await expect(card).toContainText("Rejected");
  await expect(card).toContainText("by ada");
  await expect(card).toContainText("I was faster.");
  expectComplaints(complaints, 409);
});

async function pending(server: Server, workspace: string, runId: string): Promise<Approval[]> {
  return (await server.read<{ items: Approval[] }>(`workspaces/${workspace}/approvals?run=${runId}`)).items;
}

function barrier(count: number): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (--count === 0) open();
    return opened;
  };
}
