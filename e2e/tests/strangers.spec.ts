import { readFileSync } from "node:fs";
import { expect, type APIRequestContext, type APIResponse, type Page } from "@playwright/test";
import { count } from "./database";
import { fileConfirmation, openDraft } from "./filing";
import { people, signIn, test } from "./steps";

interface Route {
  method: string;
  path: string;
  who: string[];
}

/** The committed list of routes, which the test run has compared with the program. */
const routes: Route[] = readFileSync("../docs/reference/routes.txt", "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => line.trim().split(/\s+/))
  .map(([method, path, , ...who]) => ({ method, path, who }));

const closed = routes.filter((route) => !route.who.includes("public"));

const NOBODYS = "0197705e-7b00-7000-8000-00000000dead";

/** An address of the route, with an id of nobody or with those of somebody else. */
const address = (path: string, ids: (path: string) => string = () => NOBODYS): string =>
  path.replace("{code}", "1.004873").replace("{id}", ids(path)).replace(/\{[a-z]+\}/g, NOBODYS);

/** The form's token of a page, as its forms carry it. */
async function tokenOf(page: Page, at: string): Promise<string> {
  await page.goto(at);
  return page.locator("input[name=csrf]").first().inputValue();
}

/** The routes that take a form with files. */
const withFiles = ["/dossiers/{id}/supplement", "/drafts/{id}/files/{requirement}"];

/** Sends what the forms and scripts of a page would send: with its token, from its own origin. */
function send(request: APIRequestContext, { method, path }: Route, url: string, csrf: string, origin: string): Promise<APIResponse> {
  const fields = { csrf, version: "1", reason: "x", number: people.mai };
  const changes = method !== "GET" && method !== "HEAD";
  return request.fetch(url, {
    method,
    maxRedirects: 0,
    headers: changes ? { origin, "x-csrf": csrf } : {},
    ...(changes && (withFiles.includes(path) ? { multipart: fields } : { form: fields })),
  });
}

/** The answer without what differs between any two requests. */
async function told(answer: APIResponse): Promise<string> {
  const text = (await answer.text()).replace(/[0-9a-f]{8}-[0-9a-f-]{27}|nonce="[^"]+"|value="[^"]*"|next=[^"]*"/g, "");
  return `${answer.status()} ${text.replace(/"instance":"[^"]*"/, "")}`;
}

/** Rows of everything that somebody could have changed. Sign-ins and refused searches write their own. */
function rows(project: string): number[] {
  const data = `out/data-${project}`;
  const tables = ["procedures_dossier", "procedures_draft", "procedures_draft_file", "people_dispute", "people_correction", "identity_role", "events_event"];
  const url = project === "postgres" ? process.env.E2E_POSTGRES : undefined;
  return tables.map((table) => count(`SELECT count(*) FROM ${table}`, data, url));
}

test("without a session every route that is not public asks to sign in", async ({ page, baseURL }, { project }) => {
  expect(routes.length).toBeGreaterThan(60);
  const csrf = await tokenOf(page, "/sign-in");
  const before = rows(project.name);
  for (const route of closed) {
    const answer = await send(page.request, route, address(route.path), csrf, baseURL!);
    const asked = answer.status() === 401 || (answer.status() === 303 && (answer.headers().location ?? "").startsWith("/sign-in"));
    expect.soft(asked, `${route.method} ${route.path}: ${answer.status()}`).toBe(true);
  }
  expect(rows(project.name)).toEqual(before);
});

test("a change without the page's token is refused before anybody is asked who they are", async ({ request, baseURL }) => {
  for (const route of routes.filter((route) => !["GET", "HEAD"].includes(route.method) && route.path !== "/language")) {
    const answer = await request.fetch(address(route.path), { method: route.method, maxRedirects: 0, form: {}, headers: { origin: "https://elsewhere.example" } });
    expect.soft(answer.status(), `${route.method} ${route.path}`).toBe(403);
  }
  expect(baseURL).toBeTruthy();
});

for (const [name, number] of [
  ["citizen", people.nam],
  ["one-stop-officer", people.oneStop],
  ["specialist", people.specialist],
  ["approving-leader", people.leader],
  ["standing-office", people.standingOffice],
  ["chairman", people.chairman],
  ["auditor", people.auditor],
  ["administrator", people.administrator],
] as const) {
  test(`to a ${name} every route of others looks like an address that does not exist`, async ({ browser, baseURL }, { project }) => {
    const page = await signIn(browser, baseURL!, number);
    const csrf = await tokenOf(page, "/procedures");
    const before = rows(project.name);
    const foreign = closed.filter((route) => !route.who.includes(name) && !route.who.includes("signed-in"));
    expect(foreign.length).toBeGreaterThan(10);
    const unknowns = new Map<string, string>();
    for (const route of foreign) {
      const answer = await told(await send(page.request, route, address(route.path), csrf, baseURL!));
      const like = `${route.method} ${unknownLike(route.path)}`;
      const unknown = unknowns.get(like) ?? await told(await send(page.request, route, unknownLike(route.path), csrf, baseURL!));
      unknowns.set(like, unknown);
      expect.soft(answer, `${route.method} ${route.path}`).toBe(unknown);
      expect.soft(answer.slice(0, 3), `${route.method} ${route.path}`).toBe("404");
    }
    expect(rows(project.name)).toEqual(before);
  });
}

test("what belongs to somebody else looks like what does not exist", async ({ browser, baseURL }, { project }) => {
  const owner = await signIn(browser, baseURL!, people.mai);
  const dossier = await fileConfirmation(owner);
  const draft = await openDraft(owner);
  await owner.goto("/access");
  const stranger = await signIn(browser, baseURL!, people.nam);
  const csrf = await tokenOf(stranger, "/procedures");
  const ids = (path: string): string => (path.includes("/drafts/") ? draft : dossier);
  const before = rows(project.name);
  const personal = closed.filter((route) => route.path.includes("{id}") && !route.path.startsWith("/admin"));
  expect(personal.length).toBeGreaterThan(20);
  for (const route of personal) {
    const real = await told(await send(stranger.request, route, address(route.path, ids), csrf, baseURL!));
    const unknown = await told(await send(stranger.request, route, address(route.path), csrf, baseURL!));
    expect.soft(real, `${route.method} ${route.path}`).toBe(unknown);
    expect.soft(real.slice(0, 3), `${route.method} ${route.path}`).toBe("404");
  }
  expect(rows(project.name)).toEqual(before);
});

/** An address that no route answers, of the same kind (page or call for programs). */
function unknownLike(path: string): string {
  return path.startsWith("/api/") ? "/api/v1/no-such-address" : "/no-such-address";
}
