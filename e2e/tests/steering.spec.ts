// The work on a plan: the standing office gives a task to somebody, the unit works on it, raises an obstacle and hands
// in its product, the chairman answers and takes it as done; figures are entered and checked; many tasks change at once.
import { expect } from "@playwright/test";
import { look, people, signIn, test } from "./steps";

test.describe.configure({ mode: "serial" });

let task = "";

test("a task becomes clear in all six", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/tasks?q=II.2&sort=plan");
  await look(page, "30-tasks", project.name);
  await page.getByRole("link", { name: /^II\.2\. / }).first().click();
  task = new URL(page.url()).pathname;
  await expect(page.getByText("Nhiệm vụ chưa đủ sáu rõ")).toBeVisible();
  await look(page, "31-task", project.name);
  await page.getByRole("link", { name: /Đổi.*Rõ người/ }).click();
  await look(page, "32-assign", project.name);
  await page.getByLabel("Chủ trì").selectOption("H31.10816.01");
  await page.getByLabel("Người chịu trách nhiệm").selectOption({ label: (await page.getByLabel("Người chịu trách nhiệm").locator("option", { hasText: "công chức một cửa" }).first().textContent())! });
  await page.getByLabel("Người có thẩm quyền xác nhận").selectOption("chairman");
  await page.getByLabel("Kết quả, sản phẩm").fill("Báo cáo kết nối");
  await page.getByLabel("Số sản phẩm phải có").fill("2");
  await page.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByText("Đã lưu phân công.")).toBeVisible();
  await expect(page.getByText("Nhiệm vụ chưa đủ sáu rõ")).toHaveCount(0);
});

test("of two who change it at once the second keeps what was typed", async ({ browser, baseURL }) => {
  const one = await signIn(browser, baseURL!, people.standingOffice);
  const other = await signIn(browser, baseURL!, people.standingOffice);
  await one.goto(`${task}/assign`);
  await other.goto(`${task}/assign`);
  await one.getByLabel("Kết quả, sản phẩm").fill("Báo cáo kết nối và biên bản");
  await one.getByRole("button", { name: "Lưu" }).click();
  await other.getByLabel("Kết quả, sản phẩm").fill("Báo cáo của tôi");
  await other.getByRole("button", { name: "Lưu" }).click();
  await expect(other.getByText(/Người khác vừa đổi nhiệm vụ này/).first()).toBeVisible();
  await expect(other.getByLabel("Kết quả, sản phẩm")).toHaveValue("Báo cáo của tôi");
});

test("the unit works on it, is hindered, and hands it in with evidence", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.oneStop);
  await page.goto(task);
  await page.getByRole("button", { name: "Bắt đầu" }).click();
  await page.getByRole("button", { name: "Nộp sản phẩm" }).click();
  await expect(page.getByText("Hãy thêm minh chứng của sản phẩm trước khi nộp.").first()).toBeVisible();
  await page.getByRole("link", { name: "Nêu vướng mắc" }).click();
  await page.getByLabel("Vướng mắc", { exact: true }).fill("Chưa có tài khoản kết nối");
  await page.getByLabel("Đơn vị tháo gỡ").selectOption("H31.10816");
  await look(page, "33-raise", project.name);
  await page.getByRole("button", { name: "Nêu vướng mắc" }).click();
  await expect(page.getByText("Đã gửi vướng mắc.")).toBeVisible();
  await page.goto(task);
  await page.getByText("Thêm minh chứng").first().click();
  await page.getByLabel("Số, ký hiệu văn bản").fill("15/BC-TTPVHCC");
  await page.getByLabel("Số sản phẩm được chứng minh").fill("1");
  await page.getByRole("button", { name: "Thêm minh chứng" }).click();
  await expect(page.getByText("50 %").first()).toBeVisible();
  await page.getByRole("button", { name: "Nộp sản phẩm" }).click();
  await look(page, "34-task-submitted", project.name);
});

test("the chairman answers and takes it as done", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.chairman);
  await page.goto("/steering/obstacles");
  await look(page, "35-obstacles", project.name);
  await page.getByRole("link", { name: "Chưa có tài khoản kết nối" }).first().click();
  await page.getByLabel("Đã tháo gỡ").check();
  await page.getByLabel("Trả lời", { exact: true }).fill("Đã cấp tài khoản");
  await page.getByRole("button", { name: "Gửi trả lời" }).click();
  await look(page, "36-obstacle", project.name);
  await page.goto(task);
  await page.getByRole("button", { name: "Xác nhận hoàn thành" }).click();
  await expect(page.getByText("Hoàn thành").first()).toBeVisible();
});

test("many tasks change at once, and every view shows them", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/tasks?sort=plan&unit=H31.10816.02");
  await page.getByRole("button", { name: "Giao cho đơn vị" }).click();
  await expect(page.getByText("Hãy chọn").or(page.getByText("Hãy nhập nội dung này")).first()).toBeVisible();
  const boxes = page.getByRole("checkbox", { name: /Chọn nhiệm vụ/ });
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel("Thời hạn mới").fill("20/12/2026");
  await page.getByLabel("Lý do").fill("rà soát cuối năm");
  await page.getByRole("button", { name: "Đổi thời hạn" }).click();
  await expect(page.getByText("Đã đổi 2 nhiệm vụ.")).toBeVisible();
  for (const view of ["board", "calendar&month=2026-12", "timeline"]) {
    await page.goto(`/steering/tasks?view=${view}`);
    await look(page, `37-tasks-${view.split("&")[0]}`, project.name);
  }
});

test("figures are checked before they are taken", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/figures");
  await look(page, "38-figures", project.name);
  await page.getByRole("row", { name: /^III\.3\. / }).getByRole("link", { name: /Nhập/ }).click();
  await page.getByLabel(/Tử số/).fill("1.200");
  await page.getByLabel(/Mẫu số/).fill("1.000");
  await page.getByRole("button", { name: "Lưu số liệu" }).click();
  await expect(page.getByText("Tử số không được lớn hơn mẫu số").first()).toBeVisible();
  await expect(page.getByLabel(/Tử số/)).toHaveValue("1.200");
  await look(page, "39-figure", project.name);
  await page.getByLabel(/Tử số/).fill("950");
  await page.getByLabel("Số, ký hiệu văn bản").fill("7/BC-CAX");
  await page.getByRole("button", { name: "Lưu số liệu" }).click();
  await expect(page.getByText("Đã lưu số liệu.")).toBeVisible();
  await page.goto("/steering/targets");
  await page.getByRole("link", { name: /có tài khoản định danh điện tử mức độ 2/ }).first().click();
  await expect(page.getByText("95 %").first()).toBeVisible();
  await look(page, "40-target-entered", project.name);
});

test("registers, budgets and proposals are kept", async ({ browser, baseURL }, { project }) => {
  const page = await signIn(browser, baseURL!, people.standingOffice);
  await page.goto("/steering/registers/inspection/new");
  await page.getByLabel("Nội dung", { exact: true }).fill("Kiểm tra tiếp nhận hồ sơ");
  await page.getByLabel("Đơn vị").selectOption("H31.10816.01");
  await look(page, "41-inspection-form", project.name);
  await page.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("button", { name: "Đã kiểm tra" }).click();
  await look(page, "42-inspection", project.name);
  await page.goto("/steering/registers/inspection");
  await expect(page.getByText("1 trên 5 đơn vị", { exact: false })).toBeVisible();
  await look(page, "43-inspections", project.name);
  await page.goto(`${task}/budget/2026`);
  await page.getByLabel("Dự toán").fill("50.000.000");
  await page.getByLabel("Đã phân bổ").fill("40.000.000");
  await page.getByLabel("Đã chi").fill("10.000.000");
  await page.getByRole("button", { name: "Lưu" }).click();
  await look(page, "44-budgets", project.name);
  await page.goto("/steering/commendations");
  await look(page, "45-commendations", project.name);
});
