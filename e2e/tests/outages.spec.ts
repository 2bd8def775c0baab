import { expect } from "@playwright/test";
import { fillConfirmation, openDraft, submit } from "./filing";
import { failing } from "./stand-ins";
import { look, people, signIn, test } from "./steps";

test("the population database falls silent during a submission and comes back", async ({ browser, baseURL }, { project }) => {
  test.setTimeout(240_000);
  const page = await signIn(browser, baseURL!, people.nam);
  let id = "";
  await failing(baseURL!, "population", "down", async () => {
    await openDraft(page);
    await expect(page.getByText("chưa trả lời nên tờ khai chưa được điền đầy đủ")).toBeVisible();
    // Everybody is told; nobody is stopped.
    await expect(page.locator(".d06-outage")).toContainText("Cơ sở dữ liệu quốc gia về dân cư");
    await look(page, "45-form-unfilled", project.name);
    await page.getByLabel("Họ, chữ đệm, tên").first().fill("Trần Văn Nam");
    await page.locator("#birth-date").fill("20/02/1996");
    await page.getByLabel("Nam", { exact: true }).check();
    await page.getByLabel("Dân tộc").fill("Kinh");
    await page.getByLabel("Quốc tịch").fill("Việt Nam");
    await page.getByLabel("Nơi cư trú").fill("Thôn Đông, xã Hà Bắc");
    await fillConfirmation(page, "Chưa kết hôn lần nào");
    await expect(page.getByText("Nguồn dữ liệu tạm gián đoạn").first()).toBeVisible();
    await look(page, "46-review-silent", project.name);
    id = await submit(page);
    await expect(page.getByText("Chờ nguồn dữ liệu").first()).toBeVisible();
    await expect(page.getByText("bạn không phải làm gì")).toBeVisible();
    await look(page, "47-awaiting-source", project.name);
    const officer = await signIn(browser, baseURL!, people.oneStop);
    await officer.goto(`/work/dossiers/${id}`);
    await expect(officer.getByText(/Không ai được yêu cầu bạn nộp giấy trước/).first()).toBeVisible();
  });
  // It is asked again by itself.
  await expect(async () => {
    await page.goto(`/dossiers/${id}`);
    await expect(page.getByText("Mới đăng ký").first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 150_000, intervals: [3_000] });
  await expect(page.getByText("Nguồn dữ liệu đã trả lời")).toBeVisible();
  await expect(page.locator(".d06-outage")).toHaveCount(0);
});

test("VNeID down: the page says so and what to do instead; those inside work on", async ({ browser, baseURL }, { project }) => {
  const inside = await signIn(browser, baseURL!, people.mai);
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await failing(baseURL!, "vneid", "down", async () => {
    // Whoever has just signed in proves that VNeID was there a moment ago; then it is seen to be gone.
    await expect(async () => {
      await page.goto("/sign-in?next=/cabinet");
      await page.getByRole("button", { name: "Đăng nhập bằng VNeID" }).click();
      await expect(page.locator(".govuk-error-summary")).toContainText("VNeID không trả lời", { timeout: 500 });
    }).toPass({ timeout: 30_000, intervals: [4_000] });
    await look(page, "48-vneid-down", project.name);
    await page.goto("/procedures");
    await expect(page.locator(".d06-outage")).toContainText("VNeID hiện không trả lời");
  });
  await inside.goto("/cabinet");
  await expect(inside.getByRole("heading", { level: 1 })).toBeVisible();
});

const lies: [string, RegExp][] = [
  ["access-denied", /Bạn đã dừng ở VNeID/],
  ["wrong-state", /bắt đầu ở trình duyệt khác/],
  ["replayed-code", /từ chối mã đăng nhập/],
  ["garbage", /trả lời không đúng mẫu/],
  ["wrong-nonce", /thuộc một lần đăng nhập khác/],
  ["wrong-audience", /cấp cho hệ thống khác/],
  ["expired", /đã hết hạn/],
  ["bad-signature", /Chữ ký của VNeID không đúng/],
  ["alg-none", /Không đọc được xác nhận/],
  ["wrong-subject", /thông tin của người khác/],
  ["wrong-number", /không đủ 12 chữ số/],
  ["wrong-birth-date", /ngày sinh không có thật/],
];

test("a forged or broken answer of VNeID is refused, each in its words", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  for (const [mode, words] of lies) {
    await failing(baseURL!, "vneid", mode, async () => {
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Đăng nhập bằng VNeID" }).click();
      await page.locator(`[name=account][value="${people.quan}"]`).click();
      await expect(page.locator(".govuk-error-summary"), mode).toContainText(words);
    });
  }
  await page.goto("/dossiers");
  await expect(page.getByRole("button", { name: "Đăng nhập bằng VNeID" })).toBeVisible();
});
