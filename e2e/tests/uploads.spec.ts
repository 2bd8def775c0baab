import { expect, type Page } from "@playwright/test";
import { fillConfirmation, openDraft, submit } from "./filing";
import { bomb, empty, onDisk, pdf, program, type Paper } from "./papers";
import { look, people, signIn, test } from "./steps";

const CHUNK = 1024 * 1024;
const UPLOADS = "**/uploads/*";

/** A divorced person's draft, at the page that takes the judgment. */
async function filesPage(page: Page): Promise<string> {
  const draft = await openDraft(page);
  await fillConfirmation(page, "Đã ly hôn, chưa kết hôn lần nữa");
  await page.getByRole("link", { name: /Đính kèm tệp/ }).first().click();
  await expect(page.getByLabel("Thêm tệp")).toBeVisible();
  return draft;
}

/** Lets the first piece through and cuts every later one off. */
async function cutAfterFirst(page: Page): Promise<void> {
  let pieces = 0;
  await page.route(UPLOADS, (route) =>
    route.request().method() === "PATCH" && ++pieces > 1 ? route.abort("connectionreset") : route.continue());
}

test("an upload that is cut off goes on where it stopped, and the file arrives unchanged", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.thanh);
  const draft = await filesPage(page);
  const paper = pdf("bản án ly hôn.pdf", 3.5 * CHUNK);
  await cutAfterFirst(page);
  const first = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.status() === 204);
  await page.getByLabel("Thêm tệp").setInputFiles(onDisk(paper));
  await first;
  await page.waitForRequest((request) => request.method() === "PATCH");
  // Left while the line is still cut: a page that closes would let its next try through.
  await page.goto("about:blank");
  await page.close();

  // The same person comes back later, in the same browser, and chooses the same file again.
  const again = await page.context().newPage();
  await again.goto(`/drafts/${draft}/files/divorce`);
  const resumed = again.waitForRequest((request) => request.method() === "PATCH");
  await again.getByLabel("Thêm tệp").setInputFiles(onDisk(paper));
  expect((await resumed).headers()["upload-offset"]).toBe(String(CHUNK));
  await expect(again.getByRole("button", { name: /Gỡ bỏ ?: bản án ly hôn.pdf/ })).toBeVisible({ timeout: 20_000 });

  await again.getByRole("button", { name: "Xong" }).click();
  const dossier = await submit(again);
  const link = again.getByRole("link", { name: "bản án ly hôn.pdf" });
  const kept = await again.request.get(await link.getAttribute("href") ?? "");
  expect(Buffer.compare(await kept.body(), paper.buffer), `${dossier} keeps the file as it was`).toBe(0);
});

test("a short break of the line is not even noticed", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.thanh);
  await filesPage(page);
  let broken = 0;
  await page.route(UPLOADS, (route) =>
    route.request().method() === "PATCH" && broken++ === 1 ? route.abort("connectionreset") : route.continue());
  await page.getByLabel("Thêm tệp").setInputFiles(pdf("quyết định.pdf", 2.5 * CHUNK));
  await expect(page.getByRole("button", { name: /Gỡ bỏ ?: quyết định.pdf/ })).toBeVisible({ timeout: 20_000 });
  expect(broken).toBeGreaterThan(2);
});

const refused: [string, () => Paper, RegExp][] = [
  ["a program that calls itself a PDF", () => program, /Chỉ nhận tệp PDF, PNG, JPEG, DOCX hoặc XLSX/],
  ["an empty file", () => empty, /Tệp này trống/],
  ["an archive that explodes", bomb, /giãn ra quá lớn/],
  ["a file that is too large", () => pdf("to.pdf", 50.5 * CHUNK), /Tệp lớn hơn mức cho phép \(50 MB\)/],
];

test("what cannot be taken is refused in words, with scripts", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.thanh);
  await filesPage(page);
  for (const [what, paper, words] of refused) {
    const file = paper();
    const path = onDisk(file);
    // Twice: a second try of the same file must say the same.
    for (const attempt of [1, 2]) {
      await page.reload();
      await page.getByLabel("Thêm tệp").setInputFiles(path);
      await expect(page.locator(".d06-upload__row--error"), `${what}, attempt ${attempt}`).toContainText(words, { timeout: 20_000 });
      await expect(page.locator(".d06-upload__row--error")).toContainText(file.name);
    }
  }
  await look(page, "31-file-refused", project.name);
});

test("what cannot be taken is refused in words, without scripts", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.thanh, { javaScriptEnabled: false });
  await filesPage(page);
  for (const [what, paper, words] of refused) {
    const file = paper();
    await page.getByLabel("Thêm tệp").setInputFiles([onDisk(file), onDisk(pdf("giấy tốt.pdf"))]);
    await page.getByRole("button", { name: "Tải lên" }).click();
    await expect(page.locator("#file-error"), what).toContainText(words);
    await expect(page.locator("#file-error"), what).toContainText(file.name);
    // The good file beside it is kept.
    await page.getByRole("button", { name: /Gỡ bỏ ?: giấy tốt.pdf/ }).first().click();
  }
  await page.getByRole("button", { name: "Tải lên" }).click();
  await expect(page.locator("#file-error")).toContainText("Hãy chọn tệp.");
});

test("a name with a path is refused, by form and by upload", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.thanh);
  const draft = await filesPage(page);
  const address = `/drafts/${draft}/files/divorce`;
  const csrf = await page.locator("input[name=csrf]").first().inputValue();
  const headers = { Origin: baseURL! };
  const file = pdf("../../etc/passwd.pdf");
  const form = await page.request.post(address, { multipart: { csrf, file }, headers });
  expect(form.status()).toBe(422);
  expect(await form.text()).toContain("Tên tệp không dùng được");
  const upload = await page.request.post(`${address}/uploads`, {
    headers: {
      ...headers, "x-csrf": csrf, accept: "application/json", "tus-resumable": "1.0.0",
      "upload-length": String(file.buffer.length),
      "upload-metadata": `filename ${Buffer.from("..\\a.pdf").toString("base64")}`,
    },
  });
  expect(upload.status()).toBe(422);
  expect((await upload.json()).code).toBe("file.name-invalid");
});
