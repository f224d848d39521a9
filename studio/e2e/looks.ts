import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectContrast, open } from "./fixtures";

/** A page by the name of its pictures, and what is done on it before they are taken. */
export type Look = [name: string, path: string, act?: () => Promise<void>];

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url));
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

const isFull = process.env["SLUICE_FULL"] === "1";

/**
 * Each page in both themes and both widths, as pictures for people; none is wider than the window. axe looks at the wide page in light, and at
 * contrast in dark; in the long form of the tests (`./test.sh --full`), at all of it in every form.
 */
export async function expectEveryLook(page: Page, looks: readonly Look[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, path, act] of looks) {
    await page.setViewportSize(sizes[0]!);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await open(page, path);
    await act?.();
    await page.evaluate(() => document.fonts.ready);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.screenshot({ path: `${folder}${name}-${size.width}-${theme}.png` });
        if (isFull || (size === sizes[0] && theme === "light")) await expectAccessible(page);
        else if (size === sizes[0]) await expectContrast(page);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${name} at ${size.width} is wider than the page`).toBeLessThanOrEqual(0);
    }
  }
}
