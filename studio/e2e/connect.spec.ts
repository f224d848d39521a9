import type { Page } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, expectAccessible, open, test } from "./fixtures";
import { expectEveryLook } from "./looks";
import type { Server } from "./server";

test("a workspace without data says how it gets some", async ({ page }) => {
  await open(page, "/w/lab/connect");
  await expect(page.getByText("This workspace has no data.")).toBeVisible();
  await expectAccessible(page);
});

test("the database is profiled, and its tables show what is in them", async ({ page }) => {
  await open(page, "/w/shop/playground");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/w\/shop\/connect$/);
  await expect(page.getByText("not in the catalog yet")).toBeVisible();
  await profileShop(page);
  await expect(page.getByRole("listitem").filter({ hasText: "main.orders" })).toContainText("2,000 rows");
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: "main.orders" })).toContainText("2,000 rows");

  await page.getByRole("link", { name: "main.orders", exact: true }).click();
  await expect(page).toHaveURL(/\/connect\/tables\/main\.orders$/);
  await expect(page.getByText("table · 2,000 rows")).toBeVisible();
  await page.getByRole("button", { name: /^status/ }).click();
  await expect(page).toHaveURL(/column=status$/);
  await page.reload();
  const values = page.getByRole("list", { name: "Columns" }).getByRole("listitem").filter({ hasText: "Frequent values" });
  await expect(values).toContainText("paid");
  await expect(values).toContainText("1,200 · 60 %");
  await expect(page.getByRole("button", { name: /^note/ })).toContainText("80 %");

  await open(page, "/w/shop/connect/tables/main.customers?column=email");
  await expect(page.getByText("are not kept")).toBeVisible();
  await page.getByRole("link", { name: "sample" }).click();
  await expect(page.getByText("personal data is masked")).toBeVisible();
  await expect(page.getByTestId("result")).not.toContainText("@acme.example");
});

test("tables are found by name with the keyboard alone", async ({ page }) => {
  await open(page, "/w/shop/connect/tables");
  await page.keyboard.press("/");
  await page.keyboard.type("ORDER");
  await expect(page.getByRole("status").filter({ hasText: "3 tables" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tables\/main\.order_lines\?filter=ORDER$/);
  // The key is of the table's page, which comes after its address.
  await expect(page.getByRole("heading", { name: "main.order_lines" })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/tables\/main\.order_lines\/sample\?filter=ORDER$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "main.order_lines" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter the tables" }).fill("nothing like this");
  await page.getByRole("button", { name: "Show all tables" }).click();
  await expect(page.getByRole("status").filter({ hasText: "7 tables" })).toBeVisible();
});

test("the graph leads from a table to those that it is joined with", async ({ page }) => {
  await open(page, "/w/shop/connect/tables/main.orders/relations");
  const graph = page.getByTestId("graph");
  await expect(graph.getByRole("link")).toHaveText(["order_lines", "shipments", "customers"]);
  await graph.getByRole("link", { name: "order_lines" }).click();
  await expect(page).toHaveURL(/main\.order_lines\/relations$/);
  await expect(graph.getByRole("link")).toHaveText(["orders", "products"]);
  await graph.getByRole("link", { name: "products" }).click();
  await expect(page.getByText("The table refers to itself too.")).toBeVisible();
});

test("a query runs when somebody says so, and what the guard refuses is said beside its text", async ({ page, context, complaints }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/w/shop/connect/tables/main.orders");
  await page.getByRole("link", { name: "Query", exact: true }).last().click();
  const text = page.getByRole("textbox", { name: "SQL" });
  await expect(text).toHaveValue("SELECT *\nFROM main.orders\nLIMIT 100");
  await expect(page.getByTestId("result")).toHaveCount(0);
  await text.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "100 rows in" })).toBeVisible();

  await text.fill("SELECT id, note FROM orders WHERE id IN (4, 5) ORDER BY id");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 rows in" })).toBeVisible();
  await page.getByRole("button", { name: "Copy as CSV" }).click();
  await expect(page.getByText("2 rows copied as CSV")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('id,note\r\n4,\r\n5,"\'=HYPERLINK(""https://example.com"")"\r\n');
  await page.getByRole("button", { name: "Show row 2" }).click();
  await expect(page.getByRole("dialog", { name: "Row 2" })).toContainText("=HYPERLINK");
  await page.keyboard.press("Escape");

  await text.fill("DELETE FROM orders");
  await text.press("Control+Enter");
  await expect(page.getByRole("alert")).toContainText("query_refused");
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.reload();
  await expect(text).toHaveValue("DELETE FROM orders");
  await expect(page.getByText("Asked before")).toBeVisible();
  await text.fill("SELECT 1 -- not run yet");
  await page.reload();
  await expect(text).toHaveValue("SELECT 1 -- not run yet");
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
});

test("only what is in view of a large result is drawn", async ({ page }) => {
  await open(page, "/w/shop/connect/query");
  const columns = Array.from({ length: 150 }, (_, index) => `a.id + ${index} AS c${index}`);
  await page.getByRole("textbox", { name: "SQL" }).fill(`SELECT ${columns} FROM orders a ORDER BY a.id`);
  await page.getByLabel("at most").selectOption("10000");
  await page.getByRole("button", { name: "Run" }).click();
  const result = page.getByTestId("result");
  await expect(page.getByRole("status").filter({ hasText: "2,000 rows in" })).toBeVisible();
  await result.evaluate((element) => element.scrollTo(element.scrollWidth, element.scrollHeight));
  await expect(result.getByRole("cell", { name: "2149", exact: true })).toBeVisible();
  expect(await result.locator("*").count()).toBeLessThan(3000);
});

test("documents are ingested, found and exported", async ({ page, server, complaints }) => {
  const folder = join(server.folder, "docs");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "returns.md"), "# Returns\n\nA customer may return an order within thirty days.\n");
  writeFileSync(join(folder, "empty.md"), "");
  await open(page, "/w/shop/connect");
  await page.getByRole("button", { name: "Ingest documents" }).click();
  const dialog = page.getByRole("dialog", { name: "Ingest documents" });
  await dialog.getByLabel("Folder").fill(join(folder, "nowhere"));
  await dialog.getByRole("button", { name: "Ingest" }).click();
  await expect(dialog.getByRole("alert")).toContainText("nowhere");
  await expectAccessible(page);
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await dialog.getByLabel("Folder").fill(folder);
  await dialog.getByRole("button", { name: "Ingest" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "returns.md" })).toContainText("new");
  await expect(page.getByRole("listitem").filter({ hasText: "empty.md" })).toContainText("skipped");

  await page.getByRole("link", { name: "Search" }).click();
  await page.getByRole("searchbox", { name: "Search the catalog" }).fill("return an order");
  await expect(page.getByRole("list", { name: "Results" })).toContainText("within thirty days");
  await expect(page).toHaveURL(/q=return/);
  await page.reload();
  await expect(page.getByRole("list", { name: "Results" })).toContainText("within thirty days");

  await open(page, "/w/shop/connect");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^Export/ }).click();
  expect((await download).suggestedFilename()).toBe("catalog.jsonl");
});

test("ten thousand tables are a list like any other", async ({ page }) => {
  await open(page, "/w/warehouse/connect/tables");
  const tables = page.getByTestId("tables");
  await expect(page.getByRole("status").filter({ hasText: "10,000 tables" })).toBeVisible();
  expect(await tables.locator("*").count()).toBeLessThan(600);
  await tables.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(tables.getByRole("listitem").filter({ hasText: "fact_returns_00802" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter the tables" }).fill("_09999");
  await expect(page.getByRole("status").filter({ hasText: "1 table" })).toBeVisible();
  await tables.getByRole("link").click();
  await page.getByRole("link", { name: "relations" }).click();
  await expect(page.getByTestId("graph").getByRole("link")).toHaveText(["fact_stock_00249"]);
});

test("a job goes on in the tray wherever one is, survives a reload, and is stopped", async ({ page, server }) => {
  await open(page, "/w/warehouse/connect");
  await page.getByRole("button", { name: "Profile", exact: true }).click();
  await page.getByLabel("Tables and columns only").check();
  await page.getByRole("dialog").getByRole("button", { name: "Profile" }).click();
  await expect(page).toHaveURL(/connect\/jobs\/job-/);
  const address = page.url();
  await expect(page.getByRole("status").filter({ hasText: "of 10,000 tables" })).toBeVisible();
  await open(page, "/w/warehouse/runs");
  const tray = page.getByRole("list", { name: "Jobs that go on" });
  await expect(tray).toContainText(/[1-9][\d,]* of 10,000 tables/);
  await expectAccessible(page);
  await page.reload();
  await expect(tray).toContainText(/[1-9][\d,]* of 10,000 tables/);
  const api = `${server.address}/api/workspaces/warehouse`;
  expect((await post(`${api}/data/profile`)).status).toBe(409);
  await post(`${api}/jobs/${idOf(address)}/cancel`);
  await expect(tray).toContainText("cancelled");
  await tray.getByRole("button", { name: /Put away/ }).click();
  await expect(tray).toHaveCount(0);

  expect((await post(`${api}/data/profile`, { schemaOnly: true })).status).toBe(202);
  await tray.getByRole("link").click();
  await expect(page).toHaveURL(/connect\/jobs\/job-/);
  await page.getByRole("button", { name: /Stop/ }).click();
  await expect(page.getByRole("main").getByText("cancelled")).toBeVisible();
  await open(page, "/w/warehouse/runs");
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  await expect(tray).toHaveCount(0);
});

test("what is not there is said so, with a way on", async ({ page, complaints }) => {
  await open(page, "/w/shop/connect/tables/main.ordrs");
  await expect(page.getByRole("alert")).toContainText("Did you mean 'main.orders'?");
  await open(page, "/w/shop/connect/jobs/job-0");
  await page.getByRole("link", { name: "Back to the sources" }).click();
  await expect(page).toHaveURL(/connect$/);
  expect(complaints.splice(0).every((complaint) => complaint.includes("404"))).toBe(true);
});

test("every page of Connect, in both themes and widths", async ({ page, server }) => {
  test.setTimeout(300_000);
  await ensureProfiled(page, server);
  const query = encodeURIComponent("SELECT status, count(*) AS orders, min(ordered_on) AS first\nFROM orders\nGROUP BY status");
  const jobs = (await (await fetch(`${server.address}/api/workspaces/shop/jobs`)).json()) as { id: string; kind: string }[];
  const job = jobs.find(({ kind }) => kind === "profile")!.id;
  await expectEveryLook(page, [
    ["connect-sources", "/w/shop/connect"],
    ["connect-sources-empty", "/w/warehouse/connect"],
    ["connect-sources-profile", "/w/shop/connect", () => page.getByRole("button", { name: "Profile", exact: true }).click()],
    ["connect-tables", "/w/warehouse/connect/tables"],
    ["connect-table", "/w/shop/connect/tables/main.orders?column=status"],
    ["connect-table-inventory", "/w/inventory/connect/tables/main.products"],
    ["connect-table-sample", "/w/shop/connect/tables/main.orders/sample"],
    ["connect-table-relations", "/w/shop/connect/tables/main.orders/relations"],
    ["connect-table-findings", "/w/shop/connect/tables/main.orders/findings"],
    ["connect-search", "/w/shop/connect/search?q=orders"],
    ["connect-search-empty", "/w/shop/connect/search"],
    ["connect-query", `/w/shop/connect/query?sql=${query}`, async () => {
      await page.getByRole("button", { name: "Run" }).click();
      await expect(page.getByTestId("result")).toBeVisible();
    }],
    ["connect-job", `/w/shop/connect/jobs/${job}`],
    ["connect-no-data", "/w/lab/connect"],
  ]);
});

function post(url: string, body: object = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

function idOf(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}

async function profileShop(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Profile", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Profile all tables" });
  await dialog.getByLabel("Name of the database").fill("shop");
  await dialog.getByRole("button", { name: "Profile" }).click();
  await expect(page).toHaveURL(/connect\/jobs\/job-/);
  await expect(page.getByRole("main").getByText("done").first()).toBeVisible();
}

/** So that the pictures can be taken alone. */
async function ensureProfiled(page: Page, server: Server): Promise<void> {
  const sources = (await (await fetch(`${server.address}/api/workspaces/shop/data/sources`)).json()) as { entries: Record<string, number> };
  if (sources.entries["column"]) return;
  await open(page, "/w/shop/connect");
  await profileShop(page);
}
