import { expect } from "@playwright/test";
import { fillConfirmation, openDraft, submit } from "./filing";
import { look, people, signIn, test } from "./steps";

test("a draft goes on at another device, and two devices at once lose nothing", async ({ browser, baseURL }, { project }) => {
  const computer = await signIn(browser, baseURL!, people.nam);
  const draft = await openDraft(computer);
  await computer.getByLabel("Số điện thoại").fill("0912345678");
  await computer.getByRole("button", { name: "Lưu, điền tiếp sau" }).click();
  await expect(computer.getByText("Đã lưu tờ khai.")).toBeVisible();

  const phone = await signIn(browser, baseURL!, people.nam, { viewport: { width: 360, height: 740 }, hasTouch: true, javaScriptEnabled: false });
  await phone.goto("/dossiers");
  await phone.locator(`a[href='/drafts/${draft}']`).click();
  await expect(phone.getByLabel("Số điện thoại")).toHaveValue("0912345678");
  await phone.getByLabel("Số điện thoại").fill("0987654321");
  await phone.getByRole("button", { name: "Lưu, điền tiếp sau" }).click();
  await expect(phone.getByText("Đã lưu tờ khai.")).toBeVisible();

  // The computer still shows the older version: nothing is overwritten unseen.
  await computer.getByLabel("Số điện thoại").fill("0911111111");
  await computer.getByRole("button", { name: "Lưu, điền tiếp sau" }).click();
  await expect(computer.getByText("Tờ khai đã được sửa trên thiết bị khác").first()).toBeVisible();
  await expect(computer.getByText("0987654321")).toBeVisible();
  await expect(computer.getByLabel("Số điện thoại")).toHaveValue("0911111111");
  await look(computer, "37-two-devices", project.name);
  await computer.getByRole("link", { name: "dùng bản đã lưu từ thiết bị khác" }).click();
  await expect(computer.getByLabel("Số điện thoại")).toHaveValue("0987654321");
  await fillConfirmation(computer);
  await submit(computer);
});

test("“this is wrong” opens a request, does not stop the filing, and is settled by the office", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.nam);
  const draft = await openDraft(citizen);
  await citizen.getByRole("link", { name: /Thông tin này sai ?: Dân tộc/ }).click();
  await citizen.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(citizen.locator("#text-error")).toBeVisible();
  await look(citizen, "38-wrong", project.name);
  await citizen.getByLabel("Thông tin đúng là gì?").fill("Dân tộc Tày, theo giấy khai sinh <b>bản gốc</b>");
  await citizen.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(citizen.getByText("Đã gửi đề nghị sửa thông tin")).toBeVisible();
  await expect(citizen).toHaveURL(new RegExp(`/drafts/${draft}$`));
  await fillConfirmation(citizen);
  await submit(citizen);

  const office = await signIn(browser, baseURL!, people.standingOffice);
  await office.goto("/corrections/desk");
  const card = office.locator(".govuk-summary-card", { hasText: "Dân tộc Tày, theo giấy khai sinh <b>bản gốc</b>" }).first();
  await look(office, "39-corrections-desk", project.name);
  await card.getByRole("link", { name: /Giải quyết đề nghị/ }).click();
  await office.getByLabel("Nội dung trả lời").fill("Đã chuyển cơ quan hộ tịch đối chiếu");
  await office.getByRole("button", { name: "Gửi trả lời" }).click();
  await expect(office.locator("#upheld-error")).toBeVisible();
  await expect(office.getByLabel("Nội dung trả lời")).toHaveValue("Đã chuyển cơ quan hộ tịch đối chiếu");
  await look(office, "40-settle", project.name);
  await office.getByLabel(/^Sai, đã chuyển/).check();
  await office.getByRole("button", { name: "Gửi trả lời" }).click();
  await expect(office.getByText("Đã giải quyết đề nghị.")).toBeVisible();

  await citizen.goto("/corrections");
  await expect(citizen.getByText("Đã chuyển cơ quan hộ tịch đối chiếu").first()).toBeVisible();
  await look(citizen, "41-corrections", project.name);
  await citizen.goto("/corrections/new");
  await citizen.getByLabel("Nội dung đúng và lý do").fill("Ngày sinh đúng là 21/02/1996");
  await citizen.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(citizen.locator("#field-error")).toBeVisible();
  await expect(citizen.getByLabel("Nội dung đúng và lý do")).toHaveValue("Ngày sinh đúng là 21/02/1996");
  await citizen.getByLabel("Thông tin bị sai").selectOption({ label: "Ngày, tháng, năm sinh" });
  await citizen.getByRole("button", { name: "Gửi đề nghị" }).click();
  await expect(citizen.getByText("Đã gửi đề nghị sửa dữ liệu.")).toBeVisible();
});

test("a read is disputed, answered by the standing office, and seen by auditor and citizen", async ({ browser, baseURL }, { project }) => {
  // Somebody names Nam as the other party: the platform looks whether a paper can be spared, and Nam sees that it did.
  const other = await signIn(browser, baseURL!, people.hoa);
  const id = await openDraft(other, "1.000894");
  await other.locator("#partner-number").fill(people.nam);
  await other.getByRole("button", { name: "Lưu, điền tiếp sau" }).click();
  await other.goto(`/drafts/${id}/submit`);
  const citizen = await signIn(browser, baseURL!, people.nam);
  await citizen.goto("/access");
  await expect(citizen.getByText("vì bạn được nêu tên trong hồ sơ của người khác").first()).toBeVisible();
  await citizen.getByRole("link", { name: /Tôi cho rằng lần đọc này không đúng/ }).first().click();
  await citizen.getByRole("button", { name: "Gửi phản ánh" }).click();
  await expect(citizen.locator("#reason-error")).toBeVisible();
  await look(citizen, "42-dispute", project.name);
  const reason = `Tôi không biết lần đọc này (${id})`;
  await citizen.getByLabel("Lý do phản ánh").fill(reason);
  await citizen.getByRole("button", { name: "Gửi phản ánh" }).click();
  await expect(citizen.getByText("Đã gửi phản ánh")).toBeVisible();

  const auditor = await signIn(browser, baseURL!, people.auditor);
  await auditor.goto("/access/disputes");
  await look(auditor, "43-disputes", project.name);
  await auditor.getByRole("row", { name: reason }).getByRole("link").click();
  await expect(auditor.getByText(reason)).toBeVisible();
  await expect(auditor.getByRole("button", { name: "Gửi trả lời" })).toHaveCount(0);

  const office = await signIn(browser, baseURL!, people.standingOffice);
  await office.goto(auditor.url());
  await look(office, "44-answer", project.name);
  await office.getByLabel("Đúng quy định").check();
  await office.getByLabel("Nội dung trả lời").fill("Hệ thống đọc để điền sẵn tờ khai bạn mở");
  await office.getByRole("button", { name: "Gửi trả lời" }).click();
  await expect(office.getByText("Đã trả lời phản ánh.")).toBeVisible();
  await citizen.goto("/access");
  await expect(citizen.getByText("Hệ thống đọc để điền sẵn tờ khai bạn mở")).toBeVisible();
});
