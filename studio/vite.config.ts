import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Studio may be mapped below any path: files refer to each other, and the server writes the path into index.html.
  base: "./",
  plugins: [react(), tailwindcss()],
  build: {
    // A data: URL would be a font or image that the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // scripts/finish.mjs holds the first load, and all of it, to their budgets.
    chunkSizeWarningLimit: 1000,
    // What the first load needs comes in one file: small shared ones would cost a request each.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: { proxy: { "/api": { target: process.env["SLUICE_STUDIO"] ?? "http://127.0.0.1:4111" } } },
  test: { include: ["src/**/*.test.ts"] },
});
