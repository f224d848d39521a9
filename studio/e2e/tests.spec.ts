import { ended, saveTest } from "./cases";
import { expect, expectAccessible, open, test } from "./fixtures";
import { call, script } from "./prompts";

const counting = script([call("emit_many", { number: 3 }), { text: "Three were emitted." }]);

test("where there are no tests yet, the page says how to make one", async ({ page }) => {
  await open(page, "/w/inventory/tests");
  await expect(page.getByText("Make your first test from a run.").last()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Choose a run" }).last().click();
  await expect(page).toHaveURL(/\/runs\?state=finished$/);
});

test("a run becomes a case, whose verdict follows what is ticked", async ({ page, server }) => {
  const { runId } = await server.startRun("lab", counting);
  await ended(server, "lab", runId);
  await open(page, `/w/lab/runs/${runId}`);
  await page.getByRole("button", { name: "Make test case" }).click();
  await expect(page).toHaveURL(new RegExp(`/tests/new\\?run=${runId}$`));
  await page.getByLabel("Id", { exact: true }).fill("count-to-three");
  await expect(page.getByLabel("Tool 1")).toHaveValue("emit_many");
  const verdict = page.getByTestId("verdict");
  await expect(verdict).toHaveAttribute("data-state", "passed");

  await page.getByRole("checkbox", { name: "Call 1 is expected" }).uncheck();
  await expect(verdict).toHaveAttribute("data-state", "failed");
  await expect(verdict.getByText("unexpected")).toBeVisible();
  await page.getByRole("checkbox", { name: "Call 1 is expected" }).check();
  await page.getByLabel("Arguments (JSON)").fill('{"number": 4}');
  await expect(verdict.getByText("other values")).toBeVisible();
  await page.getByLabel("Its arguments").selectOption("range");
  await page.getByLabel("Arguments (JSON)").fill('{"number": {"min": 2, "max": 5}}');
  await expect(verdict).toHaveAttribute("data-state", "passed");

  await page.getByRole("button", { name: "Add a scorer" }).click();
  await page.getByLabel("Text", { exact: true }).fill("three");
  await expect(verdict.getByRole("region", { name: "Answer, scored" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/tests\/count-to-three$/);
  await expect(page.getByText("version 1", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Tests" }).getByRole("link", { name: /count-to-three/ })).toHaveAttribute("aria-current", "true");
  await page.reload();
  await expect(page.getByLabel("Arguments (JSON)")).toHaveValue('{"number":{"min":2,"max":5}}');
});

test("what is wrong is said at its place, all at once", async ({ page, server, complaints }) => {
  await saveTest(server, "lab", { id: "with-problems", input: counting, expectedTrajectory: ["emit_many"] });
  await open(page, "/w/lab/tests/with-problems");
  await page.getByLabel("Arguments (JSON)").fill('{"number": ');
  await page.getByLabel("Share of samples that have to pass").fill("much");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("2 problems");
  await expect(alert).toContainText("expectedTrajectory[0].arguments");
  await expect(page.getByLabel("Arguments (JSON)")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);

  await page.getByLabel("Share of samples that have to pass").fill("7");
  await page.getByLabel("Arguments (JSON)").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel("Share of samples that have to pass")).toHaveAttribute("aria-invalid", "true");
  await expect(alert).toContainText("repeatThreshold");
  // The browser itself reports answers with status 422.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("422")));
});

test("when somebody else was faster nothing is overwritten and nothing is lost", async ({ page, server, complaints }) => {
  const testCase = { id: "fought-over", input: counting, expectedTrajectory: ["emit_many"] };
  await saveTest(server, "lab", testCase);
  await open(page, "/w/lab/tests/fought-over");
  await page.getByLabel("Tags").fill("mine");
  await saveTest(server, "lab", { ...testCase, tags: ["theirs"] });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Somebody else saved version 2");
  await expect(alert.locator("del")).toContainText("theirs");
  await expect(page.getByLabel("Tags")).toHaveValue("mine");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save mine over theirs" }).click();
  await expect(page.getByText("version 3", { exact: true })).toBeVisible();
  await expect(alert).toHaveCount(0);
  // The browser itself reports answers with status 409.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("409")));
});

test("what is not saved is asked about, and is still there afterwards", async ({ page, server }) => {
  await saveTest(server, "lab", { id: "left-alone", input: counting, expectedTrajectory: ["emit_many"] });
  await open(page, "/w/lab/tests/left-alone");
  await page.getByLabel("Input").fill("Something else.");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Runs" }).click();
  const dialog = page.getByRole("dialog", { name: "This test is not saved" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(page).toHaveURL(/left-alone$/);
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Runs" }).click();
  await dialog.getByRole("button", { name: "Leave, keep the draft" }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await page.goBack();
  await expect(page.getByLabel("Input")).toHaveValue("Something else.");
  await page.reload();
  await expect(page.getByLabel("Input")).toHaveValue("Something else.");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Input")).toHaveValue(counting);
  await expect(page.getByText("version 1", { exact: true })).toBeVisible();
});

test("a case is tried at once, found by keys and deleted", async ({ page, server }) => {
  await saveTest(server, "lab", { id: "tried", input: counting, expectedTrajectory: ["emit_many"], tags: ["quick"] });
  await open(page, "/w/lab/tests?tag=quick");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/tests\/tried\?tag=quick$/);
  await page.getByLabel("Tags").fill("quick, smoke");
  await page.getByLabel("Tags").press("Control+Enter");
  await expect(page.getByRole("region", { name: "Tried" })).toHaveAttribute("data-state", "passed");
  await expect(page.getByText("version 2", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "All about it" }).click();
  await expect(page).toHaveURL(/\/evals\/eval-[^/]+\/cases\/tried\/samples\/1$/);
  await page.goBack();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/tests$/);
  await expect(page.getByRole("list", { name: "Tests" }).getByRole("link", { name: /tried/ })).toHaveCount(0);
});

test("a test that is not there, and a run that has not ended, say so", async ({ page, complaints }) => {
  await page.goto("/w/lab/tests/nothing");
  await expect(page.getByRole("alert")).toContainText("not_found");
  await page.goto("/w/lab/tests/new?run=run-00000000000000000000000000000000");
  await expect(page.getByRole("alert")).toContainText("run_not_found");
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
});

test("earlier versions of a case are seen with what each changed, and one is taken up again", async ({ page, server }) => {
  for (const input of ["First words.", "Second words.", "Third words."]) await saveTest(server, "lab", { id: "with-history", input, expectedTrajectory: ["emit_many"] });
  await open(page, "/w/lab/tests/with-history");
  await page.getByRole("button", { name: "Versions" }).click();
  const dialog = page.getByRole("dialog", { name: /Versions of/ });
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await expect(dialog.locator("del")).toHaveText("Second");
  await expect(dialog.locator("ins")).toHaveText("Third");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /version 1/ }).click();
  await expect(dialog.getByText("The first version")).toBeVisible();
  await dialog.getByRole("button", { name: "Take up version 1 again" }).click();
  await expect(page.getByText("not saved")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("version 4", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Versions" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(4);
  await expect(dialog.locator("ins")).toHaveText("First");
});
