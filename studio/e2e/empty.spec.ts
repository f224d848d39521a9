import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, expectAccessible, open, test as base } from "./fixtures";
import { Server } from "./server";

/** A server on which nothing has happened. */
const test = base.extend<object, { fresh: Server }>({
  fresh: [
    async ({}, use) => {
      const server = new Server();
      await server.start();
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url));
const pages: [path: string, said: string, way: string][] = [
  ["playground", "Talk to the agents of Lab.", "Work for a while"],
  ["connect", "This workspace has no data.", "Give its runtime a data environment"],
  ["connect/tables", "This workspace has no data.", "Give its runtime a data environment"],
  ["connect/search?q=a", "This workspace has no data.", "Give its runtime a data environment"],
  ["connect/query", "This workspace has no data.", "Give its runtime a data environment"],
  ["approvals", "Nothing waits for you.", "Go to the playground"],
  ["tests", "Make your first test from a run.", "Choose a run"],
  ["evals", "Nothing has been evaluated yet.", "New eval"],
  ["evals/new", "There are no tests to run yet.", "tests"],
  ["evals/compare", "Choose two evals to compare.", "All evals"],
  ["runs", "Nothing has run yet.", "Begin in the playground"],
];

for (const [path, said, way] of pages) {
  test(`where nothing is yet, ${path} says what to do`, async ({ page, fresh }) => {
    mkdirSync(folder, { recursive: true });
    await open(page, `${fresh.address}/w/lab/${path}`);
    await expect(page.getByRole("main").getByText(said).last()).toBeVisible();
    await expect(page.getByRole("main").getByText(way).last()).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `${folder}fresh-${path.replace(/\W/g, "-")}-1280-light.png` });
  });
}
