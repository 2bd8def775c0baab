import { defineConfig } from "@playwright/test";
import { rmSync } from "node:fs";

/** The program under test, once on each database, each with stand-ins of its own. */
const binary = process.env.E2E_BINARY ?? "../target/debug/dean06";
const postgres = process.env.E2E_POSTGRES;
/** The first of the ports in use; each program takes three, and one on which a test may take its mail. */
const first = Number(process.env.E2E_PORT ?? 8710);
const kinds = [
  { name: "sqlite", base: first, mail: first + 6, database: undefined },
  ...(postgres ? [{ name: "postgres", base: first + 3, mail: first + 7, database: postgres }] : []),
];

// The runner loads this file again in each worker, when the program is running already.
if (process.env.TEST_WORKER_INDEX === undefined) {
  for (const name of ["markup", ...kinds.map(({ name }) => `data-${name}`)]) rmSync(`out/${name}`, { recursive: true, force: true });
}

export default defineConfig({
  testDir: "tests",
  outputDir: "out/results",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    screenshot: "only-on-failure",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
  },
  projects: kinds.map(({ name, base, mail }) => ({ name, metadata: { mail }, use: { baseURL: `http://127.0.0.1:${base}` } })),
  webServer: kinds.map(({ name, base, mail, database }) => ({
    command: [binary, "demo", "--quiet", "--data", `out/data-${name}`, "--port", base,
      ...(database ? ["--database", `'${database}'`] : [])].join(" "),
    env: { DEAN06_MAIL_HOST: "127.0.0.1", DEAN06_MAIL_PORT: String(mail), DEAN06_MAIL_SECURITY: "none" },
    url: `http://127.0.0.1:${base}/health`,
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGINT" as const, timeout: 5_000 },
    stdout: "ignore" as const,
    stderr: "pipe" as const,
  })),
});
