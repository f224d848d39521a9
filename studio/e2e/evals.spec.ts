import { readFileSync } from "node:fs";
import { ended, runEval, saveTest } from "./cases";
import { expect, expectAccessible, open, test } from "./fixtures";
import { expectEveryLook } from "./looks";
import { call, script } from "./prompts";
import type { Server } from "./server";

const passing = {
  id: "three-emitted",
  input: script([call("emit_many", { number: 3 }), { text: "Three were emitted, and nothing else." }]),
  expectedTrajectory: [{ name: "emit_many", arguments: { number: 3 } }],
  finalResponse: { scorers: [{ type: "contains", id: "number", text: "three", ignoreCase: true }] },
  tags: ["matrix"],
};
const failing = {
  id: "four-expected",
  input: script([call("emit_many", { number: 3 }), call("work", { number: 0 }), { text: "Three were emitted, and nothing else." }]),
  expectedTrajectory: [{ name: "emit_many", arguments: { number: 4 } }, { name: "break" }],
  finalResponse: { scorers: [{ type: "exact", id: "words", text: "Four were emitted, and nothing else.", required: true }] },
  tags: ["matrix"],
};
const slow = { id: "slow", input: script([call("work", { number: 1 }), { text: "It worked." }]), expectedTrajectory: ["work"], tags: ["slow"] };

/** Cases of which one answers worse, one better and one the same when scripts answer. */
async function saveDiffering(server: Server): Promise<void> {
  const [right, wrong] = [{ steps: [call("emit_many", { number: 3 }), { text: "Three were emitted, and nothing else." }] }, { steps: [call("emit_many", { number: 7 }), { text: "Seven were emitted, it seems." }] }];
  const expected = { expectedTrajectory: passing.expectedTrajectory, finalResponse: passing.finalResponse, tags: ["differing"] };
  await saveTest(server, "lab", { id: "gets-worse", input: script(right.steps), script: { script: wrong.steps }, ...expected });
  await saveTest(server, "lab", { id: "gets-better", input: script(wrong.steps), script: { script: right.steps }, ...expected });
  await saveTest(server, "lab", { id: "stays", input: script(right.steps), script: { script: right.steps }, ...expected });
}

async function saveMatrix(server: Server): Promise<void> {
  for (const testCase of [passing, failing]) await saveTest(server, "lab", testCase);
}

test("where nothing was evaluated yet, the page says what to do", async ({ page }) => {
  await open(page, "/w/inventory/evals");
  await expect(page.getByText("Nothing has been evaluated yet.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New eval" }).last().click();
  await expect(page.getByText("There are no tests to run yet.")).toBeVisible();
  await expectAccessible(page);
});

test("an eval is configured, its problems are said at their place, and it fills cell by cell", async ({ page, server, complaints }) => {
  await saveTest(server, "lab", slow);
  await open(page, "/w/lab/evals/new?tag=slow");
  await page.getByLabel("Samples per case").fill("0");
  await page.getByRole("button", { name: /^Start/ }).click();
  await expect(page.getByLabel("Samples per case")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.getByLabel("Samples per case").fill("4");
  await page.getByLabel("Samples at once").fill("1");
  await page.getByRole("button", { name: "Start 4 samples" }).click();
  const matrix = page.getByRole("table", { name: "Cases by samples" });
  await expect(matrix.locator("a[data-state=running]")).toHaveCount(1);
  await expect(matrix.locator("a[data-state=passed]")).not.toHaveCount(0);
  await expect(matrix.locator("a[data-state=planned]")).not.toHaveCount(0);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(matrix.locator("a[data-state=passed]")).toHaveCount(4);
  await expect(page.getByText("1 of 1 case passed")).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("422")));
});

test("an eval that is stopped goes on where it was", async ({ page, server }) => {
  await saveTest(server, "lab", slow);
  await open(page, "/w/lab/evals/new?tag=slow");
  await page.getByLabel("Samples per case").fill("5");
  await page.getByLabel("Samples at once").fill("1");
  await page.getByRole("button", { name: /^Start/ }).click();
  const matrix = page.getByRole("table", { name: "Cases by samples" });
  await expect(matrix.locator("a[data-state=passed]")).not.toHaveCount(0);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(matrix.locator("a[data-state=passed]")).toHaveCount(5, { timeout: 30_000 });
});

test("a sample tells what it scored and why, with what was expected beside what came", async ({ page, server }) => {
  await saveMatrix(server);
  const id = await runEval(server, "lab", { tag: "matrix", config: { samplesPerCase: 2 } });
  await open(page, `/w/lab/evals/${id}?show=failed`);
  const matrix = page.getByRole("table", { name: "Cases by samples" });
  await expect(matrix.getByRole("rowheader")).toHaveText(["four-expected"]);
  await page.keyboard.press("j");
  await matrix.getByRole("link", { name: "four-expected, sample 1: failed, 0" }).press("Enter");
  await expect(page).toHaveURL(/cases\/four-expected\/samples\/1\?show=failed$/);
  const sample = page.getByRole("region", { name: "Sample", exact: true });
  const calls = sample.getByRole("region", { name: "Tool calls, scored" });
  await expect(calls.locator("li[data-state=changed] del")).toHaveText("4");
  await expect(calls.locator("li[data-state=changed] ins")).toHaveText("3");
  await expect(calls.locator("li[data-state=missing]")).toContainText("break");
  await expect(calls.locator("li[data-state=extra]")).toContainText("work");
  const answer = sample.getByRole("region", { name: "Answer, scored" });
  await expect(answer.locator("del")).toHaveText("Four");
  await expect(answer).toContainText("required and failed");
  await expectAccessible(page);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/samples\/2\?show=failed$/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`/evals/${id}\\?show=failed$`));
  await page.goto(`/w/lab/evals/${id}/cases/three-emitted/samples/1`);
  await expect(sample.getByText("sample 1 of 2")).toBeVisible();
  await sample.getByRole("link", { name: "Trace" }).click();
  await expect(page.getByRole("treegrid", { name: "Trace" })).toBeVisible();
});

test("an eval is exported as page, JUnit, Markdown and artifact", async ({ page, server }) => {
  await saveMatrix(server);
  const id = await runEval(server, "lab", { tag: "matrix", config: { samplesPerCase: 1 } });
  await open(page, `/w/lab/evals/${id}`);
  for (const [name, text] of [["Page (HTML)", "<!doctype html>"], ["JUnit XML", "<testsuite"], ["Markdown", "four-expected"], ["Artifact (JSON)", '"evalRunId"']] as const) {
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name }).click()]);
    expect(readFileSync(await download.path(), "utf8").toLowerCase()).toContain(text.toLowerCase());
  }
});

test("two evals are compared: what differs first, coloured only beyond chance", async ({ page, server }) => {
  await saveMatrix(server);
  const config = { samplesPerCase: 4 };
  const baseline = await runEval(server, "lab", { name: "compared", tag: "matrix", config });
  // The same case answers otherwise: what it expects stays, so that it can be compared.
  const again = await runEval(server, "lab", { name: "compared", tag: "matrix", config: { ...config, samplesPerCase: 3 } });
  await open(page, "/w/lab/evals");
  const boxes = page.getByRole("checkbox", { name: /Compare compared/ });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page).toHaveURL(new RegExp(`baseline=${baseline}&candidate=${again}`));
  await expect(page.getByText("No more than chance makes.")).toBeVisible();
  await expect(page.getByText("samplesPerCase")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^same/ }).click();
  await expect(page).toHaveURL(/only=unchanged/);
  await expect(page.getByRole("list", { name: "Cases" }).getByRole("group")).toHaveCount(2);
  await page.getByText("four-expected").click();
  await expect(page.getByRole("link", { name: "Trace of sample 1, before" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Trace of sample 1, after" })).toBeVisible();
  await expectAccessible(page);
});

test("an eval that got worse in some cases and better in others shows where, with the runs of both a click away", async ({ page, server }) => {
  await saveDiffering(server);
  const config = { samplesPerCase: 4 };
  const baseline = await runEval(server, "lab", { name: "before", tag: "differing", config });
  const candidate = await runEval(server, "lab", { name: "after", tag: "differing", config, useScripts: true });
  await open(page, `/w/lab/evals/compare?baseline=${baseline}&candidate=${candidate}`);
  const cases = page.getByRole("list", { name: "Cases" });
  await expect(cases.locator("> li").nth(0)).toHaveAttribute("data-state", "regressed");
  await expect(cases.locator("> li").nth(1)).toHaveAttribute("data-state", "improved");
  await expect(cases.locator("> li").nth(2)).toHaveAttribute("data-state", "unchanged");
  await expect(cases.locator("details[open]")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Before" })).toContainText("before, ");
  await expect(page.getByRole("region", { name: "Settings" })).toContainText("scriptsAnswered");
  const worse = cases.locator("> li").nth(0);
  await expect(worse.locator("del").first()).toContainText("Three");
  await expect(worse).toContainText("First tool call that differs");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^worse/ }).click();
  await expect(cases.locator("> li")).toHaveCount(1);
  await worse.getByRole("link", { name: "Compare the runs step by step" }).click();
  await expect(page).toHaveURL(/\/runs\/compare\?left=.*&right=/);
  await expect(page.getByTestId("differences").locator("ins").first()).toContainText("7");
  await expectAccessible(page);
});

test("an eval whose server was killed shows the samples that ended, and goes on", async ({ page, server, complaints }) => {
  test.setTimeout(180_000);
  await saveTest(server, "lab", slow);
  await open(page, "/w/lab/evals/new?tag=slow");
  await page.getByLabel("Samples per case").fill("5");
  await page.getByLabel("Samples at once").fill("1");
  await page.getByRole("button", { name: /^Start/ }).click();
  const matrix = page.getByRole("table", { name: "Cases by samples" });
  await expect(matrix.locator("a[data-state=passed]")).not.toHaveCount(0);
  const address = page.url();
  await page.goto("about:blank");
  await server.stop("SIGKILL");
  await server.start();
  await open(page, address);
  await expect(page.getByText("The server was stopped while it ran.", { exact: false })).toBeVisible();
  await expect(matrix.locator("a[data-state=passed]")).not.toHaveCount(0);
  await expect(matrix.locator("a[data-state=planned]")).not.toHaveCount(0);
  await expectAccessible(page);
  await matrix.locator("a[data-state=passed]").first().click();
  await expect(page.getByRole("region", { name: "Sample", exact: true })).toContainText("sample 1 of 5");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(matrix.locator("a[data-state=passed]")).toHaveCount(5, { timeout: 30_000 });
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE/.test(text)));
});

test("what is not there says so", async ({ page, complaints }) => {
  await page.goto("/w/lab/evals/eval-0");
  await expect(page.getByRole("alert").first()).toContainText("not_found");
  await page.goto("/w/lab/evals/compare?baseline=eval-0&candidate=eval-1");
  await expect(page.getByRole("alert")).toContainText("not_found");
  await page.goto("/w/lab/evals/compare");
  await expect(page.getByText("Choose two evals to compare.")).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});

test("pages of tests and evals, in both themes and widths", async ({ page, server }) => {
  test.setTimeout(300_000);
  await saveMatrix(server);
  for (let index = 1; index <= 6; index++) await saveTest(server, "lab", { ...passing, id: `emits-${index}` });
  const { runId } = await server.startRun("lab", passing.input);
  await ended(server, "lab", runId);
  const baseline = await runEval(server, "lab", { name: "nightly", tag: "matrix", config: { samplesPerCase: 5 } });
  const candidate = await runEval(server, "lab", { name: "nightly", tag: "matrix", config: { samplesPerCase: 4, passThreshold: 0.5 } });
  const verdict = () => expect(page.getByTestId("verdict")).toBeAttached();
  await expectEveryLook(page, [
    ["tests", "/w/lab/tests"],
    ["tests-empty", "/w/inventory/tests"],
    ["test", `/w/lab/tests/four-expected?against=${runId}`, verdict],
    ["test-from-run", `/w/lab/tests/new?run=${runId}`, verdict],
    ["evals", "/w/lab/evals"],
    ["evals-empty", "/w/inventory/evals"],
    ["eval-new", "/w/lab/evals/new?tag=matrix"],
    ["eval", `/w/lab/evals/${baseline}`],
    ["eval-sample", `/w/lab/evals/${baseline}/cases/four-expected/samples/1`],
    ["eval-compare", `/w/lab/evals/compare?baseline=${baseline}&candidate=${candidate}`],
  ]);
});
