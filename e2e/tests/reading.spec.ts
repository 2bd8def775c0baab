import { expect, type Page } from "@playwright/test";
import { look, people, signIn, test } from "./steps";

test("the platform speaks English to whoever asks for it, and remembers", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await page.goto("/procedures/1.004873");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveURL(/\/procedures\/1\.004873$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Confirmation of marital status");
  const pages = ["/", "/procedures", "/procedures/1.004873", "/dossiers", "/cabinet", "/access", "/corrections", "/corrections/new", "/sign-in/unit", "/no-such-page"];
  for (const address of pages) {
    await page.goto(address);
    await expect(page.locator("html"), address).toHaveAttribute("lang", "en");
    expect(await headings(page), `${address} speaks Vietnamese`).not.toMatch(VIETNAMESE);
  }
  await page.goto("/procedures/1.004873");
  await page.getByRole("button", { name: "Apply" }).or(page.getByRole("button", { name: "File" })).first().click();
  expect(await labels(page)).not.toMatch(VIETNAMESE);
  await look(page, "49-form-english", project.name);
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
});

/** Letters that only Vietnamese has. */
const VIETNAMESE = /[ăắằẳẵặấầẩẫậđếềểễệốồổỗộơớờởỡợưứừửữựạảịỉọỏụủẹẻẽỳỵỷỹ]/i;

async function headings(page: Page): Promise<string> {
  return (await page.locator("main h1, main h2, nav a, footer p, main label, main button").allInnerTexts()).join(" | ");
}

async function labels(page: Page): Promise<string> {
  return (await page.locator("main h1, main h2, main label, main legend, main button, .govuk-hint").allInnerTexts()).join(" | ");
}

test("a dossier is filed with the keyboard alone", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await page.goto("/procedures/1.004873");
  await press(page, "button", "Nộp hồ sơ");
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]+$/);
  // The first Tab of a page offers to skip what every page begins with.
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Đến nội dung chính");
  await page.keyboard.press("Enter");
  await tabTo(page, (at) => at.name === "purpose");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[name=purpose]:checked")).toHaveCount(1);
  await tabTo(page, (at) => at.name === "true");
  await page.keyboard.press("Space");
  await press(page, "button", "Tiếp tục");
  await expect(page).toHaveURL(/\/submit$/);
  await press(page, "button", "Nộp hồ sơ");
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
});

interface Focus {
  tag: string;
  name: string;
  text: string;
  visible: boolean;
}

/** Presses Tab until the element in focus fits; whatever has the focus on the way must be seen to have it. */
async function tabTo(page: Page, fits: (at: Focus) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((): Focus => {
      const element = document.activeElement as HTMLElement & { name?: string };
      const style = getComputedStyle(element);
      const wrapped = element.matches("[type=radio], [type=checkbox]");
      const marked = style.outlineStyle !== "none" || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
      return { tag: element.localName, name: element.name ?? "", text: element.innerText?.trim() ?? "", visible: wrapped || marked };
    });
    expect(at.visible, `focus on ${at.tag} ${at.name || at.text} is seen`).toBe(true);
    if (fits(at)) return;
    passed.push(at.name || at.text);
  }
  throw new Error(`not reached by Tab; passed ${passed.join(", ")}`);
}

async function press(page: Page, tag: string, text: string): Promise<void> {
  await tabTo(page, (at) => at.tag === tag && at.text === text);
  await page.keyboard.press("Enter");
}
