import { expect, type Browser, type Page } from "@playwright/test";
import { people, signIn } from "./steps";

/** Opens the procedure as its applicant and comes to the filled form. */
export async function openDraft(page: Page, code = "1.004873"): Promise<string> {
  await page.goto(`/procedures/${code}`);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]+$/);
  return lastPart(page);
}

/** Fills what is left of the confirmation of marital status and goes on to the review. */
export async function fillConfirmation(page: Page, status?: string): Promise<void> {
  if (status) await page.getByLabel(status).check();
  await page.getByLabel("Để vay vốn ngân hàng").check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page).toHaveURL(/\/submit$/);
}

/** Presses the button on the review page and gives the dossier's id. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  return lastPart(page);
}

/** Files a confirmation of marital status and gives the dossier's id. */
export async function fileConfirmation(page: Page): Promise<string> {
  await openDraft(page);
  await fillConfirmation(page);
  return submit(page);
}

/** The one-stop officer receives a dossier and hands it on. */
export async function receive(browser: Browser, baseURL: string, id: string): Promise<void> {
  const page = await signIn(browser, baseURL, people.oneStop);
  await page.goto(`/work/dossiers/${id}`);
  await page.getByRole("button", { name: "Tiếp nhận và chuyển xử lý" }).click();
  await expect(page.getByText("Đã tiếp nhận hồ sơ")).toBeVisible();
  await page.context().close();
}

/** The last part of a page's path. */
export function lastPart(page: Page): string {
  return new URL(page.url()).pathname.split("/").pop()!;
}
