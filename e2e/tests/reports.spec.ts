import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { MailSink } from "./mail";
import { fileConfirmation, takeStep } from "./filing";
import { look, people, signIn, test } from "./steps";

// Three communes report to the city; the tests of a file run in order and share it.
test.describe.configure({ mode: "serial" });

const plan = readFileSync("../crates/base/plan/tests/plans/ha-bac-2026.txt");
const subject = "Tình hình nộp hồ sơ trực tuyến";
const mailbox = "van-thu@hatay.example";
let due = new Date();
let summary = "";
let mail: MailSink;

test.beforeAll(async ({}, { project }) => {
  mail = await MailSink.open(Number(project.metadata.mail));
});

test.afterAll(async () => {
  await mail.close();
});

/** Opens the unit's own ad hoc report and gives its address. */
async function openReport(page: Page): Promise<string> {
  await page.goto("/steering/reports");
  const own = page.getByRole("table", { name: "Báo cáo của đơn vị", exact: true });
  await own.getByRole("link", { name: `Báo cáo đột xuất: ${subject}` }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(subject);
  return new URL(page.url()).pathname;
}

/** The city opens the report of a commune for the same period. */
async function openIncoming(city: Page, unit: string): Promise<void> {
  await city.goto("/steering/reports");
  const round = city.getByRole("region", { name: `Báo cáo đột xuất: ${subject}` }).first();
  await round.getByRole("link", { name: unit }).click();
  await expect(city.getByText(unit).first()).toBeVisible();
}

const two = (n: number): string => String(n).padStart(2, "0");

test("the commune's plan is uploaded, looked through, accepted; the work on the version before goes on", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/tasks?q=II.4");
  await page.getByRole("link", { name: /^II\.4\. / }).first().click();
  await page.getByRole("button", { name: "Bắt đầu", exact: true }).click();
  await expect(page.getByText("Đang làm").first()).toBeVisible();
  const task = new URL(page.url()).pathname;
  await page.goto("/steering/plans");
  await page.getByRole("link", { name: /Nạp bản sửa đổi/ }).last().click();
  await page.getByLabel("Tệp", { exact: true }).setInputFiles({ name: "ke-hoach.txt", mimeType: "text/plain", buffer: plan });
  await page.getByRole("button", { name: "Đọc tệp" }).click();
  await expect(page.getByText("Đọc được 56 chỉ tiêu, 51 nhiệm vụ")).toBeVisible();
  await page.getByRole("button", { name: /Chấp nhận 107 mục còn lại/ }).click();
  await page.getByRole("button", { name: "Đưa vào theo dõi" }).click();
  await expect(page.getByText("Kế hoạch đã được đưa vào theo dõi.")).toBeVisible();
  await page.goto(task);
  await expect(page.getByText("Đang làm").first()).toBeVisible();
  await expect(page.getByText("Kế hoạch được điều chỉnh").first()).toBeVisible();
});

test("a unit enters what no record measures", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/figures");
  await page.getByRole("row", { name: /^III\.10\. / }).getByRole("link", { name: /Nhập/ }).click();
  await page.locator("[name=numerator]").fill("700");
  await page.locator("[name=denominator]").fill("1000");
  await page.getByRole("button", { name: "Lưu số liệu" }).click();
  await expect(page.getByText("Đã lưu số liệu.")).toBeVisible();
});

test("a dossier is filed, so that there is something to report", async ({ browser, baseURL }) => {
  const citizen = await signIn(browser, baseURL!, people.nam);
  const dossier = await fileConfirmation(citizen);
  await takeStep(browser, baseURL!, people.oneStop, dossier);
});

test("the city asks for an ad hoc report; a moment that has passed is refused and nothing typed is lost", async ({ browser, baseURL }, { project }) => {
  const city = await signIn(browser, baseURL!, people.city);
  await city.goto("/steering/reports/ask");
  await city.getByLabel("Nội dung cần báo cáo").fill(subject);
  await city.getByLabel("Hạn gửi: giờ").fill("00:00");
  await city.getByRole("button", { name: "Gửi yêu cầu" }).click();
  await expect(city.getByText("Hạn gửi đã qua.").first()).toBeVisible();
  await expect(city.getByLabel("Nội dung cần báo cáo")).toHaveValue(subject);
  await look(city, "30-report-ask", project.name);
  // Due at the next full minute but one: two communes are in time, the third is not.
  due = new Date(Math.ceil((Date.now() + 60_000) / 60_000) * 60_000);
  const local = new Date(due.getTime() + 7 * 3_600_000);
  const day = `${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`;
  await city.getByLabel("Hạn gửi: ngày").fill(day);
  await city.getByLabel("Hạn gửi: giờ").fill(`${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`);
  await city.getByRole("button", { name: "Gửi yêu cầu" }).click();
  await expect(city.getByText("Đã gửi yêu cầu đến 3 đơn vị.")).toBeVisible();
});

test("a commune's report opens filled: the officer adds words and sends", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await openReport(page);
  await expect(page.getByRole("row", { name: /Hồ sơ nộp trực tuyến/ })).toContainText("%");
  await expect(page.getByRole("row", { name: /Tích hợp tài khoản an sinh xã hội/ })).toContainText("700/1.000");
  await page.getByLabel("Nhận định: thủ tục hành chính, dịch vụ công").fill("Tổ công nghệ số hướng dẫn người dân nộp tại nhà văn hóa thôn.");
  await page.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(page.getByText("Đã lưu nháp.")).toBeVisible();
  await look(page, "31-report-draft", project.name);
  await page.getByRole("button", { name: "Gửi báo cáo" }).click();
  await expect(page.getByText("Đã gửi báo cáo.")).toBeVisible();
  await expect(page.getByText("Nguyên vẹn").first()).toBeVisible();
});

test("two write at once: the second is told, and keeps their words", async ({ browser, baseURL }) => {
  const first = await signIn(browser, baseURL!, people.thanhHa);
  const address = await openReport(first);
  const second = await signIn(browser, baseURL!, people.thanhHa);
  await second.goto(address);
  await first.getByLabel("Trọng tâm tháng tới").fill("Người thứ nhất");
  await first.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(first.getByText("Đã lưu nháp.")).toBeVisible();
  await second.getByLabel("Trọng tâm tháng tới").fill("Người thứ hai");
  await second.getByRole("button", { name: "Lưu nháp" }).click();
  await expect(second.getByText("Người khác vừa thay đổi báo cáo này.").first()).toBeVisible();
  await expect(second.getByLabel("Trọng tâm tháng tới")).toHaveValue("Người thứ hai");
});

test("one report is returned with a comment, mended and sent again", async ({ browser, baseURL }, { project }) => {
  const commune = await signIn(browser, baseURL!, people.thanhHa);
  await openReport(commune);
  await commune.getByRole("button", { name: "Gửi báo cáo" }).click();
  await expect(commune.getByText("Đã gửi báo cáo.")).toBeVisible();

  const city = await signIn(browser, baseURL!, people.city);
  await openIncoming(city, "Ủy ban nhân dân xã Thanh Hà");
  await city.getByRole("button", { name: "Trả lại" }).click();
  await expect(city.getByRole("alert")).toBeVisible();
  await city.getByLabel("Ý kiến").fill("Bổ sung nguyên nhân hồ sơ nộp trực tiếp");
  await city.getByRole("button", { name: "Trả lại" }).click();
  await expect(city.getByText("Đã trả lại báo cáo.")).toBeVisible();

  await openReport(commune);
  await expect(commune.getByText("Bổ sung nguyên nhân hồ sơ nộp trực tiếp").first()).toBeVisible();
  await look(commune, "32-report-returned", project.name);
  await commune.getByLabel("Tồn tại, nguyên nhân, trách nhiệm").fill("Người cao tuổi chưa quen nộp trực tuyến.");
  await commune.getByRole("button", { name: "Gửi báo cáo" }).click();
  await expect(commune.getByText("Đã gửi báo cáo.")).toBeVisible();
});

test("who is late is named, and reminded", async ({ browser, baseURL }, { project }) => {
  test.setTimeout(240_000);
  const late = await signIn(browser, baseURL!, people.haTay);
  await expect(async () => {
    await late.goto("/steering/reports");
    await expect(late.getByRole("heading", { name: "Nhắc việc", exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: Math.max(due.getTime() - Date.now(), 0) + 60_000 });
  await expect(late.getByText(/đã quá hạn từ/)).toBeVisible();
  await late.getByLabel(/Hộp thư điện tử của đơn vị/).fill(mailbox);
  await late.getByRole("button", { name: "Lưu địa chỉ" }).click();
  await expect(late.getByLabel(/Hộp thư điện tử của đơn vị/)).toHaveValue(mailbox);
  await look(late, "33-reminded", project.name);

  const chairman = await signIn(browser, baseURL!, people.cityChairman);
  await chairman.goto("/chairman");
  const missing = chairman.getByRole("table", { name: "Báo cáo chưa gửi, ai đang giữ" });
  await expect(missing.getByRole("row", { name: /xã Hà Tây/ })).toContainText("Phạm Thị Thu");
  await look(chairman, "34-chairman-city", project.name);

  const city = await signIn(browser, baseURL!, people.city);
  await openIncoming(city, "Ủy ban nhân dân xã Hà Tây");
  await city.getByRole("button", { name: "Nhắc đơn vị gửi báo cáo" }).click();
  await expect(city.getByText("Đã nhắc Ủy ban nhân dân xã Hà Tây.")).toBeVisible();
  const told = () => mail.letters.filter((letter) => letter.to.includes(mailbox)).map((letter) => letter.body).join("\n");
  await expect.poll(told, { timeout: 30_000 }).toContain("Ủy ban nhân dân xã Hà Tây");
  expect(told()).toContain("/steering/reports/");

  await openReport(late);
  await late.getByRole("button", { name: "Gửi báo cáo" }).click();
  await expect(late.getByText("Đã gửi báo cáo.")).toBeVisible();
  await expect(late.getByText("Gửi trễ").first()).toBeVisible();
});

test("the city accepts, sums, locks and exports", async ({ browser, baseURL }, { project }) => {
  const city = await signIn(browser, baseURL!, people.city);
  for (const unit of ["xã Hà Bắc", "xã Thanh Hà", "xã Hà Tây"]) {
    await openIncoming(city, `Ủy ban nhân dân ${unit}`);
    await city.getByRole("button", { name: "Chấp nhận" }).click();
    await expect(city.getByText("Đã chấp nhận báo cáo.")).toBeVisible();
  }
  summary = await openReport(city);
  await expect(city.getByRole("row", { name: /Hồ sơ nộp trực tuyến/ })).toContainText("từ 3 đơn vị");
  const overdue = await city.getByRole("row", { name: /^Nhiệm vụ quá hạn/ }).locator("strong").first().innerText();
  const below = overdue === "0" ? "Không có nhiệm vụ quá hạn." : `${overdue} nhiệm vụ quá hạn thuộc các đơn vị cấp dưới.`;
  await expect(city.getByText(below, { exact: true })).toBeVisible();
  await look(city, "35-report-summary", project.name);
  await city.getByRole("button", { name: "Chốt báo cáo" }).click();
  await expect(city.getByText("Đã chốt báo cáo. Số liệu không đổi nữa.")).toBeVisible();
  await look(city, "36-report-locked", project.name);

  const folder = `out/files/${project.name}`;
  mkdirSync(folder, { recursive: true });
  for (const name of ["report.docx", "report.pdf", "figures.xlsx"]) {
    const file = await city.request.get(`${summary}/${name}`);
    expect(file.status(), name).toBe(200);
    writeFileSync(`${folder}/${name}`, await file.body());
  }
  expect(readFileSync(`${folder}/report.pdf`).subarray(0, 5).toString()).toBe("%PDF-");
  expect(execFileSync("pdftotext", [`${folder}/report.pdf`, "-"]).toString().replaceAll(/\s+/g, " ")).toContain(below);
  execFileSync("pdftoppm", ["-r", "60", "-png", `${folder}/report.pdf`, `${folder}/report`]);
});

test("the chairman opens a number down to a dossier", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.cityChairman);
  await page.goto(summary);
  await page.getByRole("link", { name: "Hồ sơ nộp trực tuyến" }).click();
  await look(page, "37-figure-of-units", project.name);
  await page.getByRole("link", { name: "Ủy ban nhân dân xã Hà Bắc" }).click();
  await expect(page.getByText("Đếm từ hồ sơ trên hệ thống")).toBeVisible();
  await look(page, "38-figure-of-records", project.name);
  await page.getByRole("link", { name: /^H31\.10816-/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^H31\.10816-/);
});

test("the chairman's page is read at a glance, on the wall and on one sheet of paper", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.chairman);
  await page.goto("/chairman");
  await look(page, "39-chairman", project.name);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: `out/pages/${project.name}/39-chairman-wall.png` });
  const folder = `out/files/${project.name}`;
  await page.pdf({ path: `${folder}/chairman.pdf`, preferCSSPageSize: true, printBackground: true });
  const told = execFileSync("pdfinfo", [`${folder}/chairman.pdf`]).toString();
  expect(told).toMatch(/Pages:\s+1\n/);
  expect(told).toMatch(/Page size:\s+59[45].* x 84[12].*A4/);
  for (const number of await page.locator(".d06-dashboard__number a").all()) {
    const href = (await number.getAttribute("href"))!;
    if (!href.startsWith("#")) expect((await page.request.get(href)).status(), href).toBe(200);
  }
});
