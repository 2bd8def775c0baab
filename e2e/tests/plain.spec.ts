import { expect } from "@playwright/test";
import { lastPart } from "./filing";
import { pdf } from "./papers";
import { look, people, signIn, test } from "./steps";

// The whole line by somebody whose browser runs no scripts, and by officials in the same case.

const withoutScripts = { javaScriptEnabled: false };

test("from search to cabinet without JavaScript", async ({ browser, baseURL }) => {
  const page = await signIn(browser, baseURL!, people.sen, withoutScripts);
  await page.goto("/");
  await page.getByRole("searchbox").fill("xac nhan hon nhan");
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first().click();
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page.getByLabel("Họ, chữ đệm, tên").first()).toHaveValue("Bùi Thị Sen");
  // A widow: the data says so, and the paper about the death is the one thing asked for.
  await page.getByLabel("Để mua, bán nhà, đất").check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await page.getByRole("button", { name: "Lưu, điền tiếp sau" }).click();
  await expect(page.getByText("Đã lưu tờ khai.")).toBeVisible();
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(page.getByText("Hồ sơ chưa nộp được")).toBeVisible();
  await page.getByRole("link", { name: /Đính kèm tệp/ }).first().click();
  await page.getByLabel("Thêm tệp").setInputFiles([pdf("khai tử.pdf"), pdf("bản sao khai tử.pdf", 5_000)]);
  await page.getByRole("button", { name: "Tải lên" }).click();
  await expect(page.getByText("bản sao khai tử.pdf")).toHaveCount(2);
  await page.getByRole("button", { name: /Gỡ bỏ ?: bản sao khai tử.pdf/ }).click();
  await expect(page.getByText("Đã gỡ tệp.")).toBeVisible();
  await expect(page.getByText("bản sao khai tử.pdf")).toHaveCount(0);
  await page.getByRole("button", { name: "Xong" }).click();
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page).toHaveURL(/\/dossiers\/[0-9a-f-]+$/);
  const id = lastPart(page);

  const oneStop = await signIn(browser, baseURL!, people.oneStop, withoutScripts);
  await oneStop.goto("/work");
  await oneStop.goto(`/work/dossiers/${id}`);
  await expect(oneStop.getByRole("link", { name: "khai tử.pdf" })).toBeVisible();
  await oneStop.getByRole("button", { name: "Tiếp nhận và chuyển xử lý" }).click();
  await expect(oneStop.getByText("Đã tiếp nhận hồ sơ")).toBeVisible();
  const specialist = await signIn(browser, baseURL!, people.specialist, withoutScripts);
  await specialist.goto(`/work/dossiers/${id}`);
  await specialist.getByRole("button", { name: "Hoàn thành, chuyển bước sau" }).click();
  await expect(specialist.getByText("Đã chuyển hồ sơ sang bước sau")).toBeVisible();
  const leader = await signIn(browser, baseURL!, people.leader, withoutScripts);
  await leader.goto(`/work/dossiers/${id}`);
  // A refusal needs its reason; nothing is decided without one.
  await leader.getByLabel("Từ chối giải quyết").check();
  await leader.getByRole("button", { name: "Ký quyết định" }).click();
  await expect(leader.locator("#decision-reason-error")).toBeVisible();
  await leader.getByLabel("Phê duyệt").check();
  await leader.getByRole("button", { name: "Ký quyết định" }).click();
  await expect(leader.getByText("Đã quyết định")).toBeVisible();

  await expect(async () => {
    await page.goto("/cabinet");
    await expect(page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("link", { name: /xác nhận tình trạng hôn nhân/i }).first().click();
  await expect(page.getByText("Nguyên vẹn").first()).toBeVisible();
  await page.goto("/access");
  await expect(page.getByText("Vũ Thị Lan").or(page.getByText("Chính bạn")).first()).toBeVisible();
});

test("who has no account reads how to be served", async ({ browser, baseURL }, { project }) => {
  const context = await browser.newContext({ baseURL, ...withoutScripts });
  const page = await context.newPage();
  await page.goto("/dossiers");
  await expect(page.getByRole("button", { name: "Đăng nhập bằng VNeID" })).toBeVisible();
  await page.getByText("Không dùng được VNeID?").click();
  await expect(page.getByText(/công chức một cửa sẽ nộp hồ sơ giúp bạn/)).toBeVisible();
  const scripted = await signIn(browser, baseURL!, people.quan);
  await scripted.goto("/dossiers");
  await look(scripted, "30-dossiers-empty", project.name);
});
