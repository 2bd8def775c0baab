import { expect } from "@playwright/test";
import { fileConfirmation, takeStep } from "./filing";
import { pdf, program } from "./papers";
import { look, people, signIn, test } from "./steps";

test("a supplement is asked for once, answered, and the clock stands meanwhile", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.hoa);
  const id = await fileConfirmation(citizen);
  await takeStep(browser, baseURL!, people.oneStop, id);

  const specialist = await signIn(browser, baseURL!, people.specialist);
  await specialist.goto(`/work/dossiers/${id}`);
  await specialist.getByText("Yêu cầu bổ sung", { exact: true }).click();
  const what = specialist.getByLabel("Cần bổ sung");
  // What data proves is not in the list: it cannot be asked for.
  await expect(what.locator("option", { hasText: "Giấy tờ tùy thân" })).toHaveCount(0);
  await what.selectOption({ label: "Nơi cư trú" });
  await specialist.getByRole("button", { name: "Gửi yêu cầu bổ sung" }).click();
  await expect(specialist.locator("#reason-error")).toBeVisible();
  await expect(what).toHaveValue("residence");
  await specialist.locator("#reason").fill("Ghi rõ số nhà và thôn nơi đang ở");
  await specialist.getByRole("button", { name: "Gửi yêu cầu bổ sung" }).click();
  await expect(specialist.getByText("Thời hạn tạm dừng", { exact: false })).toBeVisible();
  await look(specialist, "32-supplement-asked", project.name);

  await citizen.goto(`/dossiers/${id}`);
  await expect(citizen.getByText("Ghi rõ số nhà và thôn nơi đang ở").first()).toBeVisible();
  await expect(citizen.getByText("Tạm dừng tính hạn").first()).toBeVisible();
  await look(citizen, "33-supplement", project.name);
  // A file that is refused costs nothing of what was typed.
  await citizen.getByLabel("Nội dung bổ sung").fill("Số 12, thôn Đông");
  await citizen.getByLabel("Thêm tệp").setInputFiles(program);
  await citizen.getByRole("button", { name: "Gửi bổ sung" }).click();
  await expect(citizen.locator("#file-error")).toContainText(/giay-to.pdf.*Chỉ nhận tệp PDF/);
  await expect(citizen.getByLabel("Nội dung bổ sung")).toHaveValue("Số 12, thôn Đông");
  await citizen.getByLabel("Thêm tệp").setInputFiles(pdf("xác nhận nơi ở.pdf"));
  await citizen.getByRole("button", { name: "Gửi bổ sung" }).click();
  await expect(citizen.getByText("Đã gửi nội dung bổ sung")).toBeVisible();
  await expect(citizen.getByText("Số 12, thôn Đông").first()).toBeVisible();

  await specialist.goto(`/work/dossiers/${id}`);
  await expect(specialist.getByText("Số 12, thôn Đông").first()).toBeVisible();
  await expect(specialist.getByRole("link", { name: "xác nhận nơi ở.pdf" })).toBeVisible();
  // Once is once.
  await expect(specialist.getByRole("button", { name: "Gửi yêu cầu bổ sung" })).toHaveCount(0);
});

test("paper against the data needs a clause of law, and the order is told and counted", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.hoa);
  const id = await fileConfirmation(citizen);
  await takeStep(browser, baseURL!, people.oneStop, id);

  const specialist = await signIn(browser, baseURL!, people.specialist);
  await specialist.goto(`/work/dossiers/${id}`);
  await specialist.getByText("Yêu cầu giấy tờ trái với dữ liệu", { exact: true }).first().click();
  await specialist.getByLabel("Thành phần hồ sơ").selectOption({ label: "Giấy tờ chứng minh nơi cư trú" });
  await specialist.getByLabel("Điều khoản cho phép").fill("theo quy định");
  await specialist.locator("#override-reason").fill("Địa chỉ trong dữ liệu khác với thực tế kiểm tra");
  await specialist.getByRole("button", { name: "Yêu cầu nộp" }).click();
  await expect(specialist.locator("#clause-error")).toContainText("Chưa nêu Điều nào");
  await expect(specialist.locator("#override-reason")).toHaveValue("Địa chỉ trong dữ liệu khác với thực tế kiểm tra");
  await look(specialist, "34-override-refused", project.name);
  await specialist.getByLabel("Điều khoản cho phép").fill("khoản 2 Điều 22 Nghị định số 123/2015/NĐ-CP");
  await specialist.getByRole("button", { name: "Yêu cầu nộp" }).click();
  await expect(specialist.getByText("Đã ghi nhận yêu cầu nộp giấy tờ.")).toBeVisible();

  await citizen.goto(`/dossiers/${id}`);
  await expect(citizen.getByText("Được yêu cầu nộp").first()).toBeVisible();
  await expect(citizen.getByText("khoản 2 Điều 22 Nghị định số 123/2015/NĐ-CP").first()).toBeVisible();
});

test("two officers at once: one result, a clear message, and no word lost", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.hoa);
  const id = await fileConfirmation(citizen);
  await takeStep(browser, baseURL!, people.oneStop, id);
  const [one, other] = [await signIn(browser, baseURL!, people.specialist), await signIn(browser, baseURL!, people.specialist)];
  for (const page of [one, other]) await page.goto(`/work/dossiers/${id}`);
  await other.getByLabel("Ghi chú cho bước sau").fill("Đã gọi điện xác minh với thôn");
  await one.getByRole("button", { name: "Hoàn thành, chuyển bước sau" }).click();
  await expect(one.getByText("Đã chuyển hồ sơ sang bước sau")).toBeVisible();
  await other.getByRole("button", { name: "Hoàn thành, chuyển bước sau" }).click();
  await expect(other.getByText("Cán bộ khác vừa thay đổi hồ sơ này")).toBeVisible();
  await expect(other.getByText("Đã gọi điện xác minh với thôn")).toBeVisible();
  await look(other, "35-stale-page", project.name);
});

test("the code on the receipt leads to the state of the dossier, and to nothing else", async ({ browser, baseURL, page: stranger }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.hoa);
  const id = await fileConfirmation(citizen);
  const receipt = await citizen.request.get(`/dossiers/${id}/receipt.pdf`);
  const address = await addressOnPaper(await receipt.body());
  expect(new URL(address).origin).toBe(baseURL);
  await stranger.goto(address);
  await expect(stranger.getByText(/^H31\.10816-/)).toBeVisible();
  await expect(stranger.getByText("Mới đăng ký")).toBeVisible();
  await expect(stranger.getByText("Phạm Thị Hoa")).toHaveCount(0);
  await look(stranger, "36-lookup", project.name);
  const guessed = await stranger.request.get(`${address.slice(0, -1)}${address.endsWith("A") ? "B" : "A"}`);
  expect(guessed.status()).toBe(404);
});

/** Reads the QR code of the first page, as a telephone would. */
async function addressOnPaper(pdfBytes: Buffer): Promise<string> {
  const { execFileSync } = await import("node:child_process");
  const { PNG } = await import("pngjs");
  const { default: jsQR } = await import("jsqr");
  const picture = PNG.sync.read(execFileSync("pdftoppm", ["-png", "-r", "200", "-f", "1", "-l", "1", "-"], { input: pdfBytes, maxBuffer: 1 << 26 }));
  const code = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  expect(code, "a QR code on the first page").not.toBeNull();
  return code!.data;
}
