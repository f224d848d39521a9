import { ended } from "./cases";
import { expect, expectAccessible, open, test } from "./fixtures";
import { call, script } from "./prompts";

test("a thread is found, renamed in its place, and deleted with its runs after a question", async ({ page, server, complaints }) => {
  const other = await server.startRun("lab", script([{ text: "About tents." }]));
  const { threadId, runId } = await server.startRun("lab", script([{ text: "About ropes." }]));
  await ended(server, "lab", runId);
  await ended(server, "lab", other.runId);
  await open(page, `/w/lab/playground/${threadId}`);
  const threads = page.getByRole("complementary", { name: "Threads" });
  await threads.getByRole("listitem").filter({ hasText: "ropes" }).hover();
  await threads.getByRole("button", { name: /^Rename .*ropes/ }).click();
  await threads.getByRole("textbox", { name: "Title" }).fill("Ropes of all kinds");
  await page.keyboard.press("Enter");
  await expect(threads.getByRole("link", { name: /Ropes of all kinds/ })).toBeVisible();
  await threads.getByRole("searchbox").fill("all kinds");
  // Where there are many threads, a last row leads to older ones.
  const found = threads.getByRole("listitem").filter({ has: page.getByRole("link") });
  await expect(found).toHaveCount(1);
  await expectAccessible(page);

  await found.hover();
  await threads.getByRole("button", { name: "Delete Ropes of all kinds" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this thread?" });
  await expect(dialog).toContainText("Its 1 run go");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await found.hover();
  await threads.getByRole("button", { name: "Delete Ropes of all kinds" }).click();
  await dialog.getByRole("button", { name: "Delete thread and 1 run" }).click();
  await expect(page).toHaveURL("/w/lab/playground");
  await expect(threads.getByText(/^No.* has this text\.$/)).toBeVisible();
  await threads.getByRole("searchbox").fill("tents");
  await expect(found).toHaveCount(1);
  await page.goto(`/w/lab/runs/${runId}`);
  await expect(page.getByRole("alert")).toContainText("run_not_found");
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});

test("a thread whose run goes on stays, and says why", async ({ page, server, complaints }) => {
  const { threadId, runId } = await server.startRun("lab", script([call("work", { number: 50 }), { text: "Worked." }]));
  await open(page, `/w/lab/playground/${threadId}`);
  const threads = page.getByRole("complementary", { name: "Threads" });
  await threads.getByRole("listitem").filter({ has: page.locator("[aria-current=page]") }).hover();
  await threads.getByRole("listitem").filter({ has: page.locator("[aria-current=page]") }).getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Delete thread and/ }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("A run of it has not ended");
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await ended(server, "lab", runId);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("409")));
});

test("a thread that nobody has asked anything is listed, and each thread keeps its own draft", async ({ page, server }) => {
  const made = await fetch(`${server.address}/api/workspaces/lab/threads`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ title: "Still empty" }) });
  const { threadId } = (await made.json()) as { threadId: string };
  await open(page, `/w/lab/playground/${threadId}`);
  const threads = page.getByRole("complementary", { name: "Threads" });
  await expect(threads.getByRole("link", { name: /Still empty/ })).toContainText("nothing asked yet");
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.fill("A draft of this thread");
  await page.getByRole("button", { name: "New thread" }).first().click();
  await expect(prompt).toHaveValue("");
  await prompt.fill("Another draft");
  await page.reload();
  await threads.getByRole("link", { name: /Still empty/ }).click();
  await expect(prompt).toHaveValue("A draft of this thread");
  await prompt.fill(script([{ text: "Now it has a run." }]));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Now it has a run.", { exact: true })).toBeVisible();
  await expect(threads.getByRole("link", { name: /Still empty/ })).toContainText("finished");
});
