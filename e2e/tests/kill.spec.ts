import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { count } from "./database";
import { people, signIn, test } from "./steps";

// The machine stops in the middle of a submission, again and again: afterwards each dossier exists whole, once.

const KILLS = 50;
/** Submissions take some milliseconds; the program is killed at any moment of them, and sometimes after. */
const LONGEST_DELAY_MS = 120;

const binary = resolve(process.env.E2E_BINARY ?? "../target/debug/dean06");
const first = Number(process.env.E2E_PORT ?? 8710);
const ports: Record<string, number> = { sqlite: first + 6, postgres: first + 9 };

class Program {
  private process?: ChildProcess;

  constructor(readonly base: number, readonly data: string, readonly database?: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.base}`;
  }

  async start(): Promise<void> {
    const where = this.database ? ["--database", this.database] : [];
    this.process = spawn(binary, ["demo", "--quiet", "--data", this.data, "--port", String(this.base), ...where], { stdio: "ignore" });
    await expect(async () => expect((await fetch(`${this.url}/health`)).status).toBe(200)).toPass({ timeout: 20_000, intervals: [50] });
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    const gone = new Promise((done) => this.process!.once("exit", done));
    this.process!.kill(signal);
    await gone;
  }

  /** What the log says of itself; fails where it was damaged. */
  verifyLog(): string {
    const url = this.database ?? `sqlite://${this.data}/dean06.db`;
    const env = { ...process.env, DEAN06_DATABASE_URL: url, DEAN06_STORAGE_KEYS: `${this.data}/keys`, DEAN06_LOG_FILTER: "warn" };
    return execFileSync(binary, ["audit", "verify"], { env, encoding: "utf8" });
  }

  count(sql: string): number {
    return count(sql, this.data, this.database);
  }
}

/** Fills a new draft and gives what the submit button would send. */
async function readyToSubmit(page: Page): Promise<{ address: string; form: Record<string, string> }> {
  await page.goto("/procedures/1.004873");
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await page.getByLabel("Để vay vốn ngân hàng").check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page).toHaveURL(/\/submit$/);
  const form = await page.locator("form[action$='/submit']").evaluate((element) =>
    Object.fromEntries(new FormData(element as HTMLFormElement) as unknown as Iterable<[string, string]>));
  return { address: new URL(page.url()).pathname, form };
}

test("a submission killed at any moment leaves a whole dossier or none, and nothing twice", async ({ browser }, { project }) => {
  test.setTimeout(600_000);
  const database = project.name === "postgres" ? process.env.E2E_POSTGRES_KILL : undefined;
  const data = resolve(`out/kill-${project.name}`);
  rmSync(data, { recursive: true, force: true });
  const program = new Program(ports[project.name], data, database);
  await program.start();
  try {
    const page = await signIn(browser, program.url, people.mai);
    const origin = { Origin: program.url };
    const dossiers = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const { address, form } = await readyToSubmit(page);
      const sent = page.request.post(address, { form, headers: origin }).catch(() => undefined);
      await new Promise((done) => setTimeout(done, Math.random() * LONGEST_DELAY_MS));
      await program.stop("SIGKILL");
      await sent;
      await program.start();
      // The person presses the button again: the same dossier, or the first one.
      const answer = await page.request.post(address, { form, headers: origin });
      expect(answer.url(), `after kill ${kill}`).toMatch(/\/dossiers\/[0-9a-f-]+$/);
      dossiers.add(answer.url());
    }
    expect(dossiers.size).toBe(KILLS);
    expect(program.count("SELECT count(*) FROM procedures_dossier")).toBe(KILLS);
    expect(program.count("SELECT count(DISTINCT code) FROM procedures_dossier")).toBe(KILLS);
    expect(program.count("SELECT count(*) FROM events_event WHERE kind = 'dossier.submitted'")).toBe(KILLS);
    expect(program.count("SELECT count(*) FROM audit_entry WHERE action = 'dossier.submit'")).toBe(KILLS);
  } finally {
    await program.stop("SIGINT");
  }
  expect(program.verifyLog()).toMatch(/^sound$/m);
});
