import { expect, expectAccessible, open, test } from "./fixtures";

test("the palette, the help and the keys lead everywhere", async ({ page }) => {
  await open(page, "/w/lab/playground");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("runs");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/lab\/runs$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/w\/lab\/playground$/);
});

test("the workspace is switched, and the address says which it is", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/w\/inventory\/playground$/);
  await page.getByRole("button", { name: /Workspace/ }).click();
  await page.getByRole("menuitem", { name: "Lab" }).click();
  await expect(page).toHaveURL(/\/w\/lab\/playground$/);
});

test("a theme that was chosen holds from the first paint", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/w/lab/playground");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Theme: system. Change" }).click();
  await page.getByRole("button", { name: "Theme: light. Change" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("#root", { state: "attached" });
  expect(await background()).toBe(dark);
});

test("the page is served as its files want it", async ({ request }) => {
  const page = await request.get("/w/lab/runs");
  expect(page.headers()["cache-control"]).toBe("no-cache");
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1]!;
  const asset = await request.get(script, { headers: { "Accept-Encoding": "gzip, br" } });
  expect(asset.headers()["cache-control"]).toContain("immutable");
  expect(asset.headers()["content-encoding"]).toBe("br");
  expect(asset.headers()["content-type"]).toContain("javascript");
  const again = await request.get("/theme.js", { headers: { "If-None-Match": (await request.get("/theme.js")).headers()["etag"]! } });
  expect(again.status()).toBe(304);
  for (const path of ["/api/nothing", "/nothing", "/assets/nothing.js"]) expect((await request.get(path)).status(), path).toBe(404);
});
