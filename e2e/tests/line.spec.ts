import { expect, test, type Page } from "@playwright/test";
import { look, people, signIn } from "./steps";

// One dossier walks the whole line; the tests of a file run in order and share it.
test.describe.configure({ mode: "serial" });

let confirmation = "";

/** Opens the procedure as its applicant and comes to the filled form. */
async function openDraft(page: Page, code: string): Promise<void> {
  await page.goto(`/procedures/${code}`);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/drafts\//);
}

/** Goes from the filled form to the submitted dossier and gives its address. */
async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page).toHaveURL(/\/submit$/);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  return new URL(page.url()).pathname;
}

test("a procedure is found without diacritics and with a typing slip, and says what the State holds", async ({ page }, { project }) => {
  await page.goto("/");
  await look(page, "01-home", project.name);
  await page.getByRole("searchbox").fill("xac nhan tinh trang hon nhna");
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first()).toBeVisible();
  await look(page, "02-search", project.name);
  await page.goto("/sign-in");
  await look(page, "03-sign-in", project.name);
});

test("the form arrives filled and is submitted without a paper", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await page.goto("/procedures/1.004873");
  await expect(page.getByText("Nhà nước đã có: không phải nộp").first()).toBeVisible();
  await look(page, "04-procedure", project.name);
  await openDraft(page, "1.004873");
  await expect(page.getByLabel("Họ, chữ đệm, tên").first()).toHaveValue("Nguyễn Thị Mai");
  await page.getByLabel("Để đăng ký kết hôn").check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await look(page, "05-form", project.name);
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await look(page, "06-review", project.name);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  confirmation = new URL(page.url()).pathname;
  await look(page, "07-dossier", project.name);
  const receipt = await page.request.get(`${confirmation}/receipt.pdf`);
  expect(receipt.status()).toBe(200);
  expect((await receipt.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("the counter, the specialist and the leader each do their step", async ({ browser, baseURL }, { project }) => {
  const id = confirmation.split("/").pop()!;
  const oneStop = await signIn(browser, baseURL!, people.oneStop);
  await oneStop.goto("/work");
  await look(oneStop, "08-queue", project.name);
  await oneStop.goto(`/work/dossiers/${id}`);
  await look(oneStop, "09-receive", project.name);
  await oneStop.getByRole("button", { name: "Tiếp nhận và chuyển xử lý" }).click();
  await expect(oneStop.getByText("Đã tiếp nhận hồ sơ")).toBeVisible();

  const specialist = await signIn(browser, baseURL!, people.specialist);
  await specialist.goto(`/work/dossiers/${id}`);
  await look(specialist, "10-examine", project.name);
  await specialist.getByRole("button", { name: "Hoàn thành, chuyển bước sau" }).click();
  await expect(specialist.getByText("Đã chuyển hồ sơ sang bước sau")).toBeVisible();

  const leader = await signIn(browser, baseURL!, people.leader);
  await leader.goto(`/work/dossiers/${id}`);
  await look(leader, "11-decide", project.name);
  await leader.getByLabel(/Phê duyệt|Đồng ý|Chấp thuận/).check();
  await leader.getByRole("button", { name: "Ký quyết định" }).click();
  await expect(leader.getByText("Đã quyết định")).toBeVisible();
});

test("the signed result lies in the cabinet", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await expect(async () => {
    await page.goto("/cabinet");
    await expect(page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await look(page, "12-cabinet", project.name);
  await page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first().click();
  await expect(page.getByText("Nguyên vẹn").first()).toBeVisible();
  await look(page, "13-document", project.name);
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/document.pdf`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("marriage registration takes the result from the cabinet: nothing is uploaded", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await page.goto("/procedures/1.000894");
  await expect(page.getByText("Kho giấy tờ điện tử của bạn đã chứng minh")).toBeVisible();
  await expect(page.getByText("Nhà nước đã có: không phải nộp")).toHaveCount(2);
  await look(page, "14-marriage", project.name);
  await openDraft(page, "1.000894");
  await look(page, "15-marriage-form", project.name);
});

test("the person sees who read their data, and why", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await page.goto("/access");
  await expect(page.getByText("Điền sẵn biểu mẫu để bạn không phải khai lại (1.004873)")).toBeVisible();
  await expect(page.getByText("Điều 21 Nghị định số 123/2015/NĐ-CP").first()).toBeVisible();
  await look(page, "16-access", project.name);
});

test("the target moves and opens to the dossiers behind it", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.chairman);
  await page.goto("/steering/targets");
  await look(page, "17-targets", project.name);
  await page.getByRole("link", { name: /được cắt giảm thành phần hồ sơ/ }).first().click();
  await expect(page.getByText("100 %").first()).toBeVisible();
  await look(page, "18-target", project.name);
  // The number opens to the dossier behind it.
  await page.getByRole("link", { name: /^H31\.10816-\d{6}-\d{4} · 1\.004873$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^H31\.10816-/);
  await page.goto("/steering/indicators/on-time");
  await look(page, "19-on-time", project.name);
});

test("roles are given from day to day, and only by the administrator", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.administrator);
  await page.goto("/admin/roles");
  await look(page, "20-roles", project.name);
  const citizen = await signIn(browser, baseURL!, people.nam);
  expect((await citizen.request.get("/admin/roles")).status()).toBe(404);
  await citizen.goto("/sign-in/unit");
  await look(citizen, "21-unit", project.name);
});
