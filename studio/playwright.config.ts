import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export default defineConfig({
  testDir: "e2e",
  // One server with one store after the other: what a test sees is what it made.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Beside all other tests a browser may be kept waiting past any limit. What passes the second time alone is told as flaky, with a trace.
  retries: 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env["SLUICE_CHROMIUM"] ?? browsers.find((path) => existsSync(path)) ?? "",
      // Drawing in software takes less than imitating a graphics card.
      args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
    // A trace of each test takes longer than the tests.
    trace: "on-first-retry",
  },
});
