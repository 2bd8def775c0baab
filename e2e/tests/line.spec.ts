import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { fileConfirmation, openDraft, openPaper, submit, takeStep, toReview } from "./filing";
import { pdf } from "./papers";
import { look, people, signIn, test } from "./steps";

// One dossier walks the whole line; the tests of a file run in order and share it.
test.describe.configure({ mode: "serial", timeout: 300_000 });

let confirmation = "";
let marriage = "";

/** What a QR code in a picture says. */
function scan(picture: string): string {
  const { data, width, height } = PNG.sync.read(readFileSync(picture));
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error(`no code is read in ${picture}`);
  return found.data;
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
  await openPaper(page, /xác nhận tình trạng hôn nhân/i);
  await page.goto("/cabinet");
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

  // The other party has a confirmation, too.
  const partner = await signIn(browser, baseURL!, people.nam);
  const id = await fileConfirmation(partner, "Để đăng ký kết hôn");
  for (const officer of [people.oneStop, people.specialist, people.leader]) {
    await takeStep(browser, baseURL!, officer, id);
  }
  await openPaper(partner, /xác nhận tình trạng hôn nhân/i);

  await page.getByLabel("Kết hôn lần thứ").first().fill("1");
  await page.getByLabel("Số định danh cá nhân").fill(people.nam);
  await page.getByLabel("Họ, chữ đệm, tên").nth(1).fill("Trần Văn Nam");
  await page.getByLabel("Ngày, tháng, năm sinh").nth(1).fill("20/02/1996");
  await page.getByLabel("Nam", { exact: true }).nth(1).check();
  await page.getByLabel("Dân tộc").nth(1).fill("Kinh");
  await page.getByLabel("Quốc tịch").nth(1).fill("Việt Nam");
  await page.getByLabel("Nơi cư trú").nth(1).fill("Thôn 2, xã Hà Bắc, thành phố Hải Phòng");
  await page.getByLabel("Kết hôn lần thứ").nth(1).fill("1");
  await page.getByLabel(/Chúng tôi cam đoan/).check();
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page.getByText("Nhà nước đã có: không phải nộp")).toHaveCount(4);
  await look(page, "22-marriage-review", project.name);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  marriage = new URL(page.url()).pathname;
});

test("the certificate goes to both, and ends what their confirmations said", async ({ browser, baseURL }, { project }) => {
  const id = marriage.split("/").pop()!;
  for (const officer of [people.oneStop, people.specialist, people.leader]) {
    await takeStep(browser, baseURL!, officer, id);
  }
  for (const number of [people.mai, people.nam]) {
    const page = await signIn(browser, baseURL!, number);
    await openPaper(page, /chứng nhận kết hôn/i);
    await expect(page.getByText("Nguyên vẹn").first()).toBeVisible();
    await look(page, "23-certificate", project.name);
    await openPaper(page, /xác nhận tình trạng hôn nhân/i);
    await expect(page.getByText("Đã được thay thế").first()).toBeVisible();
    await expect(page.getByText(/Nguyễn Thị Mai xuất trình lúc/)).toBeVisible();
    await look(page, "24-superseded", project.name);
  }
});

test("the code on a paper opens to what may be known, and a guess to nothing", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.mai);
  await openPaper(page, /chứng nhận kết hôn/i);
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/document.pdf`);
  writeFileSync("out/certificate.pdf", await pdf.body());
  execFileSync("pdftoppm", ["-r", "200", "-png", "-singlefile", "out/certificate.pdf", "out/certificate"]);
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  const secret = scan("out/certificate.png");
  expect(new URL(secret).pathname).toMatch(/^\/verify\/[0-9a-f]{32}$/);
  await stranger.goto(secret);
  await expect(stranger.getByText("còn hiệu lực", { exact: false }).first()).toBeVisible();
  await expect(stranger.getByText("Nguyễn Thị Mai")).toHaveCount(0);
  await look(stranger, "25-verify", project.name);
  expect((await stranger.request.get(`/verify/${"0".repeat(32)}`)).status()).toBe(404);
});

test("a process from a real decision runs through its seven steps in their times", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.hoa);
  await openDraft(page, "1.004944");
  await page.getByLabel("Số định danh cá nhân của trẻ em").fill("030212000119");
  await page.getByLabel("Họ tên trẻ em").fill("Đỗ Gia Huy");
  await page.getByLabel("Ngày sinh của trẻ em").fill("28/03/2012");
  await page.getByLabel("Lý do chấm dứt việc chăm sóc thay thế").fill("Cháu đã về sống với cha");
  await page.getByLabel(/Tôi cam đoan/).check();
  await toReview(page);
  const id = await submit(page);
  const steps = [people.oneStop, people.socialLeader, people.socialSpecialist, people.socialLeader, people.leader];
  for (const officer of steps) await takeStep(browser, baseURL!, officer, id);
  await openPaper(page, /chấm dứt việc chăm sóc thay thế/i);
  const leader = await signIn(browser, baseURL!, people.leader);
  await leader.goto(`/work/dossiers/${id}`);
  const sheet = leader.getByRole("table", { name: "Phiếu kiểm soát quá trình giải quyết hồ sơ" });
  await expect(sheet.getByRole("row")).toHaveCount(8);
  await expect(sheet.getByText("Phòng Văn hóa - Xã hội xã Hà Bắc").first()).toBeVisible();
  await look(leader, "26-real-process", project.name);
});

test("a process of the police begins with a paper that no source holds", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.thanh);
  await openDraft(page, "3.000527");
  await page.getByLabel("Tại gia đình, cộng đồng").check();
  await page.getByLabel("Thời gian cai nghiện dự kiến (tháng)").fill("3");
  await page.getByLabel(/Tôi cam kết/).check();
  await toReview(page);
  await page.getByRole("alert").getByRole("link", { name: /Số phải từ 6 đến 36/ }).click();
  await page.getByLabel("Thời gian cai nghiện dự kiến (tháng)").fill("6");
  await toReview(page);
  await page.getByRole("link", { name: /Đính kèm tệp/ }).first().click();
  await page.getByLabel("Thêm tệp").setInputFiles(pdf("phiếu kết quả.pdf"));
  await expect(page.getByRole("button", { name: /Gỡ bỏ ?: phiếu kết quả.pdf/ })).toBeVisible();
  await page.getByRole("button", { name: "Xong" }).click();
  const id = await submit(page);
  for (const officer of [people.oneStop, people.policeSpecialist, people.policeLeader, people.leader]) {
    await takeStep(browser, baseURL!, officer, id);
  }
  await openPaper(page, /cai nghiện ma túy tự nguyện/i);
  await expect(page.getByText("Nguyên vẹn").first()).toBeVisible();
  await look(page, "27-police-process", project.name);
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
  await page.getByRole("link", { name: /^H31\.10816-\d{6}-\d{4} · 1\.004873$/ }).first().click();
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
