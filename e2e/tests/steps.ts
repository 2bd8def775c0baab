import AxeBuilder from "@axe-core/playwright";
import { expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";

/** The demo people, by what they do here. */
export const people = {
  mai: "030198000101",
  nam: "030096000102",
  hoa: "030190000103",
  thanh: "030085000104",
  sen: "030142000105",
  quan: "030093000106",
  oneStop: "030191000201",
  specialist: "030087000202",
  socialSpecialist: "030188000208",
  socialLeader: "030078000209",
  leader: "030080000203",
  standingOffice: "030084000204",
  chairman: "030076000205",
  auditor: "030189000206",
  administrator: "030095000207",
  thanhHa: "030082000211",
  haTay: "030190000212",
  city: "030079000213",
  cityChairman: "030072000214",
  hamlet: "030088000215",
} as const;

/** Where the pictures of the guide go, when it is they that are wanted (`cargo xtask guide`). */
const guide = process.env.E2E_GUIDE;

/** Whether a page of the guide shows this picture. */
function inGuide(name: string): boolean {
  const folder = "../docs/guide";
  return readdirSync(folder).some((file) => file.endsWith(".md") && readFileSync(`${folder}/${file}`, "utf8").includes(`img/${name}.jpg`));
}

/** Signs a person in with VNeID, in a browser context of their own; officials go to work in their unit. */
export async function signIn(browser: Browser, baseURL: string, number: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL, ...options });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Đăng nhập bằng VNeID" }).click();
  await page.locator(`[name=account][value="${number}"]`).click();
  await page.waitForURL((url) => url.origin === baseURL);
  if (page.url().includes("/sign-in/unit")) {
    await page.getByRole("button", { name: "Làm việc tại đây" }).first().click();
  }
  return page;
}

/** Looks at a page as different readers do: axe at desk size and at 320 px, no sideways scrolling, a picture of each. */
export async function look(page: Page, name: string, project: string): Promise<void> {
  mkdirSync(`out/pages/${project}`, { recursive: true });
  for (const [size, width] of [["desk", 1280], ["phone", 320]] as const) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect.soft(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`), `${name} at ${width} px`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `${name} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `out/pages/${project}/${name}-${size}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  if (guide && inGuide(name)) {
    await page.setViewportSize({ width: 1000, height: 720 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: `${guide}/${name}.jpg`, type: "jpeg", quality: 55 });
    await page.setViewportSize({ width: 1280, height: 900 });
  }
}

/** Opens the procedure as its applicant and comes to the filled form. */
export async function openDraft(page: Page, code: string): Promise<void> {
  await page.goto(`/procedures/${code}`);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/drafts\//);
}

/** Goes from the filled form to the submitted dossier and gives its address. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page).toHaveURL(/\/submit$/);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  return new URL(page.url()).pathname;
}

/** Files a confirmation of marital status for marriage; gives the dossier's address. */
export async function fileConfirmation(page: Page): Promise<string> {
  await openDraft(page, "1.004873");
  await page.getByLabel("Để đăng ký kết hôn").check();
  await page.getByLabel(/Tôi cam đoan/).check();
  return submit(page);
}

/** One officer opens a dossier and does what their step asks for. */
export async function takeStep(browser: Browser, baseURL: string, number: string, id: string): Promise<void> {
  const page = await signIn(browser, baseURL, number);
  await page.goto(`/work/dossiers/${id}`);
  const receive = page.getByRole("button", { name: "Tiếp nhận và chuyển xử lý" });
  const complete = page.getByRole("button", { name: "Hoàn thành, chuyển bước sau" });
  const decide = page.getByRole("button", { name: "Ký quyết định" });
  if (await decide.isVisible()) {
    await page.getByLabel(/Phê duyệt|Đồng ý|Chấp thuận/).check();
    await decide.click();
    await expect(page.getByText("Đã quyết định")).toBeVisible();
  } else {
    await (await receive.isVisible() ? receive : complete).click();
    await expect(page.getByText(/Đã tiếp nhận hồ sơ|Đã chuyển hồ sơ sang bước sau/)).toBeVisible();
  }
  await page.context().close();
}

/** Opens a paper of a kind in the reader's cabinet, once it has been issued. */
export async function openPaper(page: Page, name: RegExp): Promise<void> {
  await expect(async () => {
    await page.goto("/cabinet");
    await expect(page.getByRole("link", { name }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("link", { name }).first().click();
}
