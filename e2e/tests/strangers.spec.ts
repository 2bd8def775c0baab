import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { people, signIn } from "./steps";

interface Route {
  method: string;
  path: string;
  who: string;
}

/** The committed list of routes, which the test run has compared with the program. */
const routes: Route[] = readFileSync("../docs/reference/routes.txt", "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => line.trim().split(/\s+/))
  .map(([method, path, , ...who]) => ({ method, path, who: who.join(" ") }));

/** An address of the route that belongs to nobody. */
const address = (path: string): string =>
  path.replace("{code}", "1.004873").replace(/\{[a-z]+\}/g, "0197705e-7b00-7000-8000-00000000dead");

const isPublic = (route: Route): boolean => route.who === "public";

test("without a session every route that is not public asks to sign in", async ({ request }) => {
  expect(routes.length).toBeGreaterThan(30);
  for (const route of routes.filter((route) => !isPublic(route))) {
    const answer = await request.fetch(address(route.path), { method: route.method, maxRedirects: 0 });
    const asked = answer.status() === 401 || (answer.status() === 303 && (answer.headers().location ?? "").startsWith("/sign-in"));
    // A form without its token is refused before anybody is asked who they are.
    expect(asked || answer.status() === 403, `${route.method} ${route.path}: ${answer.status()}`).toBe(true);
  }
});

for (const [name, number, roles] of [
  ["citizen", people.nam, ["citizen", "signed-in"]],
  ["one-stop-officer", people.oneStop, ["one-stop-officer", "signed-in"]],
  ["specialist", people.specialist, ["specialist", "signed-in"]],
  ["approving-leader", people.leader, ["approving-leader", "signed-in"]],
  ["standing-office", people.standingOffice, ["standing-office", "signed-in"]],
  ["chairman", people.chairman, ["chairman", "signed-in"]],
  ["auditor", people.auditor, ["auditor", "signed-in"]],
  ["administrator", people.administrator, ["administrator", "signed-in"]],
] as const) {
  test(`to a ${name} every route of others looks like an address that does not exist`, async ({ browser, baseURL }) => {
    const page = await signIn(browser, baseURL!, number);
    const unknown = await page.request.get("/no-such-address", { maxRedirects: 0 });
    for (const route of routes.filter((route) => !isPublic(route) && route.method === "GET")) {
      if (roles.some((role) => route.who.split(" ").includes(role))) continue;
      const answer = await page.request.get(address(route.path), { maxRedirects: 0 });
      expect(answer.status(), `${route.path}`).toBe(unknown.status());
    }
  });
}
