import { expect, type Page } from "@playwright/test";
import { fileConfirmation, takeStep } from "./filing";
import { look, people, signIn, test } from "./steps";

/** What a scanner types off the identity card of Bùi Thị Sen, of whose birth only the year is known. */
const card = "030142000105||Bùi Thị Sen|00001942|Nữ|Thôn 5, xã Hà Bắc, thành phố Hải Phòng|10052021";

/** The smallest PDF. */
const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3 3]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n" +
  "0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n");

// Several people and many pages each.
test.describe.configure({ timeout: 300_000 });

async function isPaper(page: Page, link: string): Promise<void> {
  const href = await page.getByRole("link", { name: link }).first().getAttribute("href");
  const answer = await page.request.get(href!);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
}

/** A working day some days ahead, as Vietnamese write it. */
function dayAhead(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()].join("/");
}

test("a person without a phone is helped at the counter and finds it in their account", async ({ browser, baseURL }, { project }) => {
  const officer = await signIn(browser, baseURL!, people.oneStop);
  await officer.goto("/work");
  await officer.getByRole("button", { name: "Giúp người dân nộp hồ sơ" }).click();
  await look(officer, "30-counter", project.name);
  await officer.getByLabel("Thủ tục").selectOption("1.004873");
  await officer.getByLabel(/Số định danh hoặc mã QR/).fill("030142000105");
  await officer.getByLabel("Ngày, tháng, năm sinh").fill("1943");
  await officer.getByLabel("Người cao tuổi").check();
  await officer.getByLabel(/Người dân có mặt/).check();
  await officer.getByRole("button", { name: "Mở biểu mẫu" }).click();
  await expect(officer.getByText("Ngày sinh không khớp với số định danh này").first()).toBeVisible();
  await expect(officer.getByLabel("Người cao tuổi")).toBeChecked();
  await look(officer, "31-counter-refused", project.name);
  // The scanner ends with Enter, which sends the form.
  await officer.getByLabel(/Số định danh hoặc mã QR/).fill(card);
  await officer.getByLabel(/Số định danh hoặc mã QR/).press("Enter");
  await expect(officer).toHaveURL(/\/drafts\//);
  await expect(officer.getByLabel("Họ, chữ đệm, tên").first()).toHaveValue("Bùi Thị Sen");
  await officer.getByLabel("Để vay vốn").check();
  await officer.getByLabel(/Tôi cam đoan/).check();
  await look(officer, "32-counter-form", project.name);
  await officer.getByRole("button", { name: "Tiếp tục" }).click();
  // No register of deaths is connected, so the widow's paper is scanned.
  await officer.getByRole("link", { name: /Đính kèm tệp/ }).click();
  await officer.getByLabel("Thêm tệp").setInputFiles({ name: "trích lục khai tử.pdf", mimeType: "application/pdf", buffer: pdf });
  // The page shows it anew once it has arrived.
  await expect(officer.getByRole("button", { name: /Gỡ bỏ/ })).toBeVisible();
  await officer.getByRole("button", { name: "Xong" }).click();
  await look(officer, "33-counter-review", project.name);
  await officer.getByRole("button", { name: "Nộp và tiếp nhận" }).click();
  await expect(officer.getByText("Đã nộp và tiếp nhận hồ sơ")).toBeVisible();
  await isPaper(officer, "Mở giấy tiếp nhận");
  await look(officer, "34-counter-filed", project.name);

  const sen = await signIn(browser, baseURL!, people.sen);
  await sen.goto("/access");
  await expect(sen.getByText("Điền sẵn biểu mẫu tại quầy").first()).toBeVisible();
  await expect(sen.getByText("Vũ Thị Lan").first()).toBeVisible();
  await sen.goto("/dossiers");
  await sen.getByRole("link", { name: /^H31\.10816-/ }).first().click();
  await expect(sen.getByText("Nộp giúp tại quầy bởi")).toBeVisible();
  await look(sen, "35-helped", project.name);

  // She comes back and changes her mind; another person's card does not withdraw what is hers.
  await officer.goto(`/work/dossiers/${sen.url().split("/").pop()}`);
  await officer.getByText("Rút hồ sơ theo yêu cầu tại quầy", { exact: true }).click();
  await officer.getByLabel(/Số định danh hoặc mã QR/).fill(people.hoa);
  await officer.getByLabel(/Người nộp hồ sơ có mặt/).check();
  await officer.getByRole("button", { name: "Rút hồ sơ này" }).click();
  await expect(officer.getByText("Đây không phải thẻ của người nộp").first()).toBeVisible();
  await look(officer, "35-withdraw-refused", project.name);
  await officer.getByLabel(/Số định danh hoặc mã QR/).fill(card);
  await officer.getByRole("button", { name: "Rút hồ sơ này" }).click();
  await expect(officer.getByText("Đã rút hồ sơ theo yêu cầu")).toBeVisible();
  await isPaper(officer, "Mẫu 05");
  await sen.reload();
  await expect(sen.getByText("Người nộp rút hồ sơ")).toBeVisible();
});

test("a dossier is withdrawn before it is decided, and the notice lies with it", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.hoa);
  await fileConfirmation(page);
  await page.getByText("Rút hồ sơ", { exact: true }).first().click();
  await look(page, "36-withdraw", project.name);
  await page.getByRole("button", { name: "Rút hồ sơ này" }).click();
  await expect(page.getByText("Đã rút hồ sơ")).toBeVisible();
  await isPaper(page, "Mẫu 05");
  await look(page, "37-withdrawn", project.name);
});

test("a supplement, an apology and a refusal each come with their letter", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.hoa);
  const id = await fileConfirmation(citizen);
  await takeStep(browser, baseURL!, people.oneStop, id);

  const leader = await signIn(browser, baseURL!, people.leader);
  await leader.goto(`/work/dossiers/${id}`);
  await leader.getByText("Xin lỗi và hẹn lại", { exact: true }).click();
  await leader.getByLabel("Ngày trả kết quả mới").fill(dayAhead(14));
  await leader.getByLabel("Lý do chậm, gửi tới người dân").fill("Chờ xác minh nơi cư trú trước đây");
  await look(leader, "38-reappoint", project.name);
  await leader.getByRole("button", { name: "Gửi lời xin lỗi và hẹn lại" }).click();
  await expect(leader.getByText("Đã gửi văn bản xin lỗi")).toBeVisible();
  await leader.goto("/work/late");
  await look(leader, "39-late", project.name);

  const specialist = await signIn(browser, baseURL!, people.specialist);
  await specialist.goto(`/work/dossiers/${id}`);
  await specialist.getByText("Yêu cầu bổ sung", { exact: true }).first().click();
  await specialist.getByLabel("Cần bổ sung").selectOption("purpose");
  await specialist.getByLabel("Lý do", { exact: true }).first().fill("Chưa rõ kết hôn với ai");
  await specialist.getByRole("button", { name: "Gửi yêu cầu" }).click();

  await citizen.goto(`/dossiers/${id}`);
  await isPaper(citizen, "Mẫu 04");
  await isPaper(citizen, "Mẫu 02");
  await expect(citizen.getByText("Cơ quan giải quyết xin lỗi bạn")).toBeVisible();
  await look(citizen, "40-letters", project.name);

  const other = await fileConfirmation(citizen);
  const officer = await signIn(browser, baseURL!, people.oneStop);
  await officer.goto(`/work/dossiers/${other}`);
  await officer.getByText("Từ chối tiếp nhận", { exact: true }).first().click();
  await officer.getByLabel("Lý do", { exact: true }).last().fill("Hồ sơ trùng với hồ sơ đang giải quyết");
  await look(officer, "41-refuse", project.name);
  await officer.getByRole("button", { name: "Từ chối tiếp nhận" }).click();
  await citizen.goto(`/dossiers/${other}`);
  await isPaper(citizen, "Mẫu 03");
});
