import { expect, type Browser, type Page } from "@playwright/test";
import { signIn } from "./steps";

/** Opens the procedure as its applicant and comes to the filled form. */
export async function openDraft(page: Page, code = "1.004873"): Promise<string> {
  await page.goto(`/procedures/${code}`);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]+$/);
  return lastPart(page);
}

/** Fills what is left of the confirmation of marital status and goes on to the review. */
export async function fillConfirmation(page: Page, status?: string, purpose = "Để vay vốn ngân hàng"): Promise<void> {
  if (status) await page.getByLabel(status).check();
  await page.getByLabel(purpose).check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await toReview(page);
}

/** Goes on from the filled form to the review page. */
export async function toReview(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page).toHaveURL(/\/submit$/);
}

/** Presses the button on the review page and gives the dossier's id. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  return lastPart(page);
}

/** Files a confirmation of marital status for a purpose and gives the dossier's id. */
export async function fileConfirmation(page: Page, purpose?: string): Promise<string> {
  await openDraft(page);
  await fillConfirmation(page, undefined, purpose);
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

/** The last part of a page's path. */
export function lastPart(page: Page): string {
  return new URL(page.url()).pathname.split("/").pop()!;
}
