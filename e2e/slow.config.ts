import { defineConfig } from "@playwright/test";
import { rmSync } from "node:fs";

/** The program under test, once on each database, each with stand-ins of its own. */
const binary = process.env.E2E_BINARY ?? "../target/debug/dean06";
const postgres = process.env.E2E_POSTGRES;
const kinds = [
  { name: "sqlite", base: 8710, database: undefined },
  ...(postgres ? [{ name: "postgres", base: 8720, database: postgres }] : []),
];

// The runner loads this file again in each worker, when the program is running already.
if (process.env.TEST_WORKER_INDEX === undefined) {
  for (const { name } of kinds) rmSync(`out/data-${name}`, { recursive: true, force: true });
}

export default defineConfig({
  testDir: "tests",
  outputDir: "out/results",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 90_000 },
  reporter: [["list"]],
  use: {
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    screenshot: "only-on-failure",
    actionTimeout: 90_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
  },
  projects: kinds.map(({ name, base }) => ({ name, use: { baseURL: `http://127.0.0.1:${base}` } })),
  webServer: kinds.map(({ name, base, database }) => ({
    command: [binary, "demo", "--quiet", "--data", `out/data-${name}`, "--port", base,
      ...(database ? ["--database", `'${database}'`] : [])].join(" "),
    url: `http://127.0.0.1:${base}/health`,
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGINT" as const, timeout: 5_000 },
    stdout: "ignore" as const,
    stderr: "pipe" as const,
  })),
});
