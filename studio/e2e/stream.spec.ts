import { expect, expectComplaints, listen, open, test } from "./fixtures";
import { call, script, talk } from "./prompts";
import { Wire } from "./wire";
import { numbers, recordedWords, wordsOf } from "./words";

test("a reload in mid-stream of text shows what was said once, and goes on", async ({ page, server }) => {
  server.hold("talk");
  const { runId, threadId } = await server.startRun("talk", talk(500, { holdAt: 200 }));
  await open(page, `/w/talk/playground/${threadId}`);
  const answer = page.getByTestId("run").locator(".markdown");
  for (let time = 0; time < 3; time++) {
    await expect.poll(() => wordsOf(answer)).toEqual(numbers(200));
    await expect(page.getByTestId("run")).toHaveAttribute("data-state", "running");
    await page.reload();
  }
  server.release("talk");
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  expect(await wordsOf(answer)).toEqual(numbers(500));
  expect(await recordedWords(server, runId)).toEqual(numbers(500));
});

test("reloads at any moment of a stream lose nothing and double nothing", async ({ page, server }) => {
  const { runId, threadId } = await server.startRun("talk", talk(900, { perSecond: 100 }));
  await open(page, `/w/talk/playground/${threadId}`);
  const answer = page.getByTestId("run").locator(".markdown");
  // It goes on by itself, so every reload meets it at another place.
  for (let shown = 0; shown < 900; ) {
    await expect.poll(async () => (await wordsOf(answer)).length).toBeGreaterThan(shown);
    const words = await wordsOf(answer);
    expect(words).toEqual(numbers(words.length));
    shown = words.length;
    await page.reload();
  }
  await expect(page.getByTestId("run")).toHaveAttribute("data-state", "finished");
  expect(await wordsOf(answer)).toEqual(await recordedWords(server, runId));
  expect(await wordsOf(answer)).toEqual(numbers(900));
});

test("a connection that is cut in mid-stream goes on where it was, in every tab", async ({ page, server, complaints }) => {
  server.hold("talk");
  const wire = await Wire.to(server.address);
  const { threadId } = await server.startRun("talk", talk(400, { holdAt: 100 }));
  const other = await page.context().newPage();
  listen(other, complaints);
  for (const each of [page, other]) {
    await open(each, `${wire.address}/w/talk/playground/${threadId}`);
    await expect.poll(() => wordsOf(each.locator(".markdown"))).toEqual(numbers(100));
  }
  wire.cut();
  for (const each of [page, other]) await expect(each.getByText("Reconnecting…")).toBeVisible();
  server.release("talk");
  wire.mend();
  for (const each of [page, other]) {
    await expect(each.getByTestId("run")).toHaveAttribute("data-state", "finished", { timeout: 45_000 });
    expect(await wordsOf(each.locator(".markdown"))).toEqual(numbers(400));
    await expect(each.getByText("Reconnecting…")).toHaveCount(0);
  }
  await other.close();
  wire.close();
  expectComplaints(complaints, "unanswered");
});

test("a reload while a tool works shows it at work, once", async ({ page, server }) => {
  const { threadId } = await server.startRun("lab", script([call("work", { number: 5 }), { text: "The work is done." }]));
  await open(page, `/w/lab/playground/${threadId}`);
  await expect(page.getByText(/step \d of 5/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/step \d of 5/)).toBeVisible();
  await expect(page.getByText("The work is done.", { exact: true })).toBeVisible();
  await expect(page.getByTestId("tool")).toHaveCount(1);
});
