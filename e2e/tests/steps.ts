import AxeBuilder from "@axe-core/playwright";
import { expect, test as plain, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { keepMarkup } from "./markup";

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
  policeSpecialist: "030090000210",
  policeLeader: "030079000211",
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

/** A test that leaves no page open: a hundred people who stay signed in are a burden to the tests after it. */
export const test = plain.extend<{ leavesNoPage: void }>({
  leavesNoPage: [async ({ browser }, use) => {
    await use();
    await Promise.all(browser.contexts().map((context) => context.close()));
  }, { auto: true }],
});

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
  keepMarkup(context, baseURL);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Đăng nhập bằng VNeID" }).click();
  await page.locator(`[name=account][value="${number}"]`).click();
  await page.waitForURL((url) => url.origin === baseURL);
  if (page.url().includes("/sign-in/unit")) {
    await page.getByRole("button", { name: "Làm việc tại đây" }).first().click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }
  return page;
}

/**
 * Looks at a page as different readers do: axe at desk size and at 320 px, no sideways scrolling, nothing below its foot, a
 * picture of each. The picture of the guide begins at `from`.
 */
export async function look(page: Page, name: string, project: string, from = "body"): Promise<void> {
  mkdirSync(`out/pages/${project}`, { recursive: true });
  for (const [size, width] of [["desk", 1280], ["phone", 320]] as const) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect.soft(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`), `${name} at ${width} px`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `${name} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    const below = await page.evaluate(() => {
      const end = document.querySelector("footer")?.getBoundingClientRect().bottom ?? Infinity;
      return document.documentElement.scrollHeight - window.scrollY - Math.max(window.innerHeight, end);
    });
    expect.soft(below, `${name} goes on below its end at ${width} px`).toBeLessThanOrEqual(1);
    await page.screenshot({ path: `out/pages/${project}/${name}-${size}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  if (guide && inGuide(name)) {
    await page.setViewportSize({ width: 1000, height: 720 });
    await page.locator(from).first().evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: `${guide}/${name}.jpg`, type: "jpeg", quality: 55 });
    await page.setViewportSize({ width: 1280, height: 900 });
  }
}
