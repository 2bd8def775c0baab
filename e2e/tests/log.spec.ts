import { createHash, createPublicKey, verify } from "node:crypto";
import { expect } from "@playwright/test";
import { fileConfirmation } from "./filing";
import { look, people, signIn, test } from "./steps";

test("the auditor searches the log and proves an entry without trusting it", async ({ browser, baseURL }, { project }) => {
  const citizen = await signIn(browser, baseURL!, people.mai);
  const id = await fileConfirmation(citizen);
  const auditor = await signIn(browser, baseURL!, people.auditor);
  await auditor.goto("/");
  await auditor.getByRole("link", { name: "Nhật ký" }).click();
  await look(auditor, "50-log", project.name);
  const key = (await auditor.getByText(/Khóa kiểm tra chữ ký/).locator(".d06-code").innerText()).trim();

  await auditor.getByLabel("Từ ngày").fill("30/02/2026");
  await auditor.getByLabel("Việc đã làm").fill("dossier.submit");
  await auditor.getByRole("search").getByRole("button").click();
  await expect(auditor.locator("#from-error")).toBeVisible();
  await expect(auditor.getByLabel("Việc đã làm")).toHaveValue("dossier.submit");
  await auditor.getByLabel("Từ ngày").fill("01/01/2026");
  await auditor.getByLabel("Đối tượng").fill(`dossier:${id}`);
  await auditor.getByRole("search").getByRole("button").click();
  await expect(auditor.getByRole("row")).toHaveCount(2);
  await expect(auditor.getByRole("row").nth(1)).toContainText("Nguyễn Thị Mai");

  await expect(async () => {
    await auditor.getByRole("row").nth(1).getByRole("link").first().click();
    await expect(auditor.getByText("Chứng minh đúng")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await look(auditor, "51-log-entry", project.name);
  await expect(auditor.locator("main")).not.toContainText(people.mai);
  const address = new URL(auditor.url()).pathname;
  const leaf = await (await auditor.request.get(`${address}/leaf.json`)).body();
  const proof = await (await auditor.request.get(`${address}/proof.txt`)).text();
  expect(JSON.parse(leaf.toString()).object).toBe(`dossier:${id}`);
  expect(leaf.toString()).not.toContain(people.mai);
  const root = rootOf(leaf, proof);
  const head = await (await auditor.request.get("/audit/checkpoint.txt")).text();
  expect(isSigned(head, key)).toBe(true);
  expect(isSigned(head.replace(/\n\d+\n/, "\n1\n"), key)).toBe(false);
  expect(proof.split("\n\n")[1].split("\n")[2]).toBe(root);
  const altered = Buffer.from(leaf.toString().replace("dossier.submit", "dossier.refuse"));
  expect(rootOf(altered, proof)).not.toBe(root);

  // That the entry about Mai was opened stands in the log, with Mai as its subject and the auditor as its actor.
  await auditor.goto("/audit?action=audit.open");
  await expect(auditor.getByRole("row").nth(1)).toContainText("Lê Thu Hà");
});

test("the auditor finds what a person did, has the log verified, and others see no log", async ({ browser, baseURL }, { project }) => {
  const auditor = await signIn(browser, baseURL!, people.auditor);
  await auditor.goto("/audit");
  await auditor.getByText("Tìm những việc một người đã làm").click();
  await auditor.getByLabel("Số định danh cá nhân").fill("0301980001");
  await auditor.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(auditor.locator("#number-error")).toContainText("12 chữ số");
  await auditor.getByLabel("Số định danh cá nhân").fill(people.auditor);
  await auditor.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(auditor).toHaveURL(/\/audit\?actor=account/);
  expect(auditor.url()).not.toContain(people.auditor);
  await expect(auditor.getByRole("row").nth(1)).toContainText("Lê Thu Hà");

  await auditor.getByRole("button", { name: "Kiểm tra ngay" }).click();
  await expect(auditor.getByText("Đang kiểm tra toàn bộ nhật ký")).toBeVisible();
  await expect(async () => {
    await auditor.goto("/audit");
    await expect(auditor.getByText("Nguyên vẹn")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await look(auditor, "52-log-verified", project.name);

  const chairman = await signIn(browser, baseURL!, people.chairman);
  expect((await chairman.request.get("/audit")).status()).toBe(404);
});

/** The root that a leaf and its proof lead to (RFC 9162 §2.1.3.2), after the proof's checkpoint was read. */
function rootOf(leaf: Buffer, proof: string): string {
  const [head, checkpoint] = proof.split("\n\n");
  const [kind, indexLine, ...path] = head.split("\n");
  expect(kind).toBe("c2sp.org/tlog-proof@v1");
  let place = Number(indexLine.replace("index ", ""));
  let last = Number(checkpoint.split("\n")[1]) - 1;
  let hash = sha256(Buffer.from([0]), leaf);
  for (const sibling of path.map((line) => Buffer.from(line, "base64"))) {
    if (place % 2 === 1 || place === last) {
      hash = sha256(Buffer.from([1]), sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = sha256(Buffer.from([1]), hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return hash.toString("base64");
}

/** Whether a signed note (C2SP signed-note) carries the signature of an Ed25519 key in its text form. */
function isSigned(note: string, key: string): boolean {
  const [body, signatures] = note.split("\n\n");
  const raw = Buffer.from(signatures.trim().split(" ").pop()!, "base64");
  const [, id, material] = key.match(/^[^+]+\+([0-9a-f]{8})\+(.+)$/)!;
  expect(raw.subarray(0, 4).toString("hex")).toBe(id);
  const bytes = Buffer.from(material, "base64").subarray(1);
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes]);
  return verify(null, Buffer.from(`${body}\n`), createPublicKey({ key: spki, format: "der", type: "spki" }), raw.subarray(4));
}

function sha256(...parts: Buffer[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}
