import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { look, people, signIn, test } from "./steps";

const plan = readFileSync("../crates/base/plan/tests/plans/ha-bac-2026.txt");
const city = Buffer.from(
  "CHƯƠNG TRÌNH\nThực hiện Đề án 06 năm 2026 của thành phố\n\n" +
    "STT\tNhiệm vụ\tChủ trì\tThời gian\n" +
    "1\tTuyên truyền, hướng dẫn người dân sử dụng Trợ lý ảo trên VNeID\tCông an thành phố\tQuý IV/2026\n" +
    "2\tSố hóa toàn bộ sổ hộ tịch của thành phố\tSở Tư pháp\tNăm 2026\n\n" +
    "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tư pháp báo cáo kết quả số hóa trước ngày 15/12/2026.\n",
);

test.setTimeout(900_000);

test("a signed plan is handed in, looked through, accepted and revised", async ({ browser, baseURL }, info) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/plans");
  await page.getByRole("button", { name: "Nạp kế hoạch" }).click();
  await page.getByLabel("Tệp", { exact: true }).setInputFiles({ name: "rong.txt", mimeType: "text/plain", buffer: Buffer.from(" ") });
  await page.getByRole("button", { name: "Đọc tệp" }).click();
  await expect(page.getByRole("alert")).toContainText("Tệp rỗng");
  await look(page, "plan-new", info.project.name);

  await page.getByLabel("Tệp", { exact: true }).setInputFiles({ name: "ke-hoach.txt", mimeType: "text/plain", buffer: plan });
  await page.getByRole("button", { name: "Đọc tệp" }).click();
  await expect(page.getByText("Đọc được 56 chỉ tiêu, 51 nhiệm vụ")).toBeVisible();

  // From an item to its line in the document, and back.
  const item = page.getByRole("article", { name: /Chỉ tiêu IV\.2 / });
  await item.getByRole("link", { name: /^Dòng/ }).click();
  const line = page.locator(":target");
  await expect(line).toContainText(">50");
  await line.getByRole("link", { name: "IV.2" }).click();
  await expect(page.locator(":target")).toContainText("2026: >50");

  // By keyboard: reject one, then correct another.
  const first = page.getByRole("article", { name: /Chỉ tiêu I\.1 / });
  await first.getByRole("button", { name: /Loại/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("đã loại 1")).toBeVisible();
  await page.getByRole("article", { name: /Nhiệm vụ I\.1 / }).getByRole("link", { name: /Sửa, tách, gộp/ }).click();
  await look(page, "plan-item", info.project.name);
  await page.getByLabel(/^Thời hạn/).fill("lúc nào đó");
  await page.getByRole("button", { name: "Lưu và chấp nhận" }).click();
  await expect(page.getByRole("alert")).toContainText("Không hiểu thời hạn");
  await page.getByLabel(/^Thời hạn/).fill("Trước 30/9/2026");
  await page.getByRole("button", { name: "Lưu và chấp nhận" }).click();
  await expect(page.getByRole("article", { name: /Nhiệm vụ I\.1 / })).toContainText("ngày 30/09/2026");

  await page.getByRole("button", { name: "Đưa vào theo dõi" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Còn 105 mục chưa xem");
  await page.getByRole("button", { name: /Chấp nhận 105 mục còn lại/ }).click();
  await page.getByRole("button", { name: "Đưa vào theo dõi" }).click();
  await expect(page.getByText("Kế hoạch đã được đưa vào theo dõi.")).toBeVisible();
  await look(page, "plans", info.project.name);

  // A revision: one deadline moves, one task goes.
  const text = plan.toString().replace("Tháng 12/2026", "Tháng 6/2027").replace(/\n8\tPhối hợp với Bộ Công an nghiên cứu, đề xuất nâng cấp[^\n]*/, "");
  await page.getByRole("link", { name: /Nạp bản sửa đổi/ }).last().click();
  await page.getByLabel("Tệp", { exact: true }).setInputFiles({ name: "sua-doi.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Đọc tệp" }).click();
  await page.getByRole("link", { name: "Khác với bản trước" }).click();
  await expect(page.getByRole("table", { name: "Đổi thời hạn" })).toContainText("Tháng 6/2027");
  await expect(page.getByRole("table", { name: "Bỏ đi" })).toContainText("nâng cấp tiện ích");
  await look(page, "plan-difference", info.project.name);

  // The city's plan, and which of its tasks the commune serves.
  await page.goto("/steering/plans/new");
  await page.getByLabel("Tệp", { exact: true }).setInputFiles({ name: "thanh-pho.txt", mimeType: "text/plain", buffer: city });
  await page.getByRole("radio").nth(1).check();
  await page.getByRole("button", { name: "Đọc tệp" }).click();
  await look(page, "plan-review", info.project.name, "h1");
  // A duty that the compiler left is taken from its line.
  await page.getByText("Thêm mục từ một dòng của văn bản").click();
  await page.getByLabel("Số dòng").fill("500");
  await page.locator("#items").getByRole("button", { name: "Lấy làm nhiệm vụ" }).click();
  await expect(page.getByRole("alert")).toContainText("Không có dòng này trong văn bản");
  await page.locator("#document").getByRole("button", { name: /^Lấy làm nhiệm vụ/ }).click();
  await expect(page.getByLabel(/^Chủ trì/)).toHaveValue("Sở Tư pháp");
  await expect(page.getByLabel(/^Thời hạn/)).toHaveValue("trước ngày 15/12/2026");
  await page.getByRole("button", { name: "Lưu và chấp nhận" }).click();
  await expect(page.locator("#document").getByRole("button", { name: /^Lấy làm nhiệm vụ/ })).toHaveCount(0);
  await page.getByRole("button", { name: /Chấp nhận 2 mục còn lại/ }).click();
  await page.getByRole("button", { name: "Đưa vào theo dõi" }).click();
  await page.goto("/steering/plans/ties");
  await expect(page.getByRole("heading", { name: "Nhiệm vụ cấp trên chưa có nhiệm vụ nào của xã: 3" })).toBeVisible();
  await look(page, "plan-ties", info.project.name);
  await page.getByLabel(/gợi ý/).first().locator("xpath=ancestor::form").getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("heading", { name: "Nhiệm vụ cấp trên chưa có nhiệm vụ nào của xã: 2" })).toBeVisible();
  await page.goto("/steering/plans/merge");
  await look(page, "plan-merge", info.project.name);
});
