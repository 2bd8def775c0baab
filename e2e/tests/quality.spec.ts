import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test, type BrowserContext, type Page } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { fillConfirmation, openDraft, submit } from "./filing";
import { people } from "./steps";

// Lighthouse judges every page of the line: accessibility and best practices are 100.

/** Where Lighthouse finds the browser: above the ports of the programs under test. */
const PORT = Number(process.env.E2E_PORT ?? 8710) + 12;
const WANTED = ["accessibility", "best-practices"];

test.describe.configure({ timeout: 600_000 });

test("Lighthouse gives every page of the line 100", async ({ baseURL }, { project }) => {
  test.skip(project.name !== "sqlite", "pages do not depend on the database");
  const folder = mkdtempSync(join(tmpdir(), "dean06-lighthouse-"));
  // Lighthouse opens tabs of its own: they share the session of this browser's only context.
  const context = await chromium.launchPersistentContext(folder, {
    baseURL,
    locale: "vi-VN",
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${PORT}`],
  });
  try {
    const page = await context.newPage();
    await judge(["/", "/procedures?q=hon+nhan", "/sign-in"], baseURL!);

    await enter(page, people.quan);
    const draft = await openDraft(page);
    await judge(["/procedures/1.004873", `/drafts/${draft}`], baseURL!);
    await leave(context, page);

    await enter(page, people.mai);
    await openDraft(page);
    await fillConfirmation(page);
    await judge([new URL(page.url()).pathname], baseURL!);
    const id = await submit(page);
    await judge([`/dossiers/${id}`, "/dossiers", "/cabinet", "/access", "/corrections"], baseURL!);
    await leave(context, page);

    await enter(page, people.oneStop);
    await judge(["/work", `/work/dossiers/${id}`], baseURL!);
    await leave(context, page);
    await enter(page, people.chairman);
    await judge(["/steering/targets", "/steering/indicators/on-time"], baseURL!);
    await leave(context, page);
    await enter(page, people.auditor);
    await judge(["/audit"], baseURL!);
    await leave(context, page);
    await enter(page, people.administrator);
    await judge(["/admin/roles"], baseURL!);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Lets Lighthouse look at pages and names every audit that does not pass. */
async function judge(addresses: string[], baseURL: string): Promise<void> {
  for (const address of addresses) {
    const flags = { port: PORT, onlyCategories: WANTED, disableStorageReset: true, throttlingMethod: "provided" as const, disableFullPageScreenshot: true, logLevel: "error" as const };
    const result = (await lighthouse(baseURL + address, flags, desktopConfig))!.lhr;
    expect(new URL(result.finalDisplayedUrl).pathname, "the page was reached").toBe(address.split("?")[0]);
    for (const category of WANTED) {
      const { score, auditRefs } = result.categories[category];
      const failed = auditRefs
        .filter(({ id, weight }) => weight > 0 && (result.audits[id].score ?? 1) < 1)
        .map(({ id }) => `${id}: ${result.audits[id].title} ${JSON.stringify(result.audits[id].details ?? {}).slice(0, 400)}`);
      expect.soft(score, `${address} ${category}\n${failed.join("\n")}`).toBe(1);
    }
  }
}

async function enter(page: Page, number: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Đăng nhập bằng VNeID" }).click();
  await page.locator(`[name=account][value="${number}"]`).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in/callback") && url.pathname !== "/authorize");
  if (page.url().includes("/sign-in/unit")) {
    await page.getByRole("button", { name: "Làm việc tại đây" }).first().click();
  }
}

async function leave(context: BrowserContext, page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page.getByRole("link", { name: "Đăng nhập" })).toBeVisible();
  expect((await context.cookies()).some(({ name }) => name.includes("session"))).toBe(false);
}
