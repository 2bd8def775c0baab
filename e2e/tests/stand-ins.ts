import { expect } from "@playwright/test";

/** The stand-ins listen on the two ports after the platform's. */
const offsets = { vneid: 1, population: 2 } as const;

export type StandIn = keyof typeof offsets;

/** Lets a national system fail while `during` runs, and makes it well again whatever happens. */
export async function failing(baseURL: string, system: StandIn, mode: string, during: () => Promise<void>): Promise<void> {
  const url = `${address(baseURL, system)}/_fault`;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode, count: 1000 }),
  });
  expect(answer.status, `${system}: ${await answer.text()}`).toBe(200);
  try {
    await during();
  } finally {
    await fetch(url, { method: "DELETE" });
  }
}

function address(baseURL: string, system: StandIn): string {
  const url = new URL(baseURL);
  url.port = String(Number(url.port) + offsets[system]);
  return url.origin;
}
