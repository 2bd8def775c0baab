import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";

/** Where pages lie as the server sent them, for the validator that `cargo xtask test` runs after the journeys. */
const folder = "out/markup";

/** Keeps the markup of each page of our own that is shown in a context, one file for each place and answer. */
export function keepMarkup(context: BrowserContext, baseURL: string): void {
  mkdirSync(folder, { recursive: true });
  context.on("response", async (response) => {
    const url = new URL(response.url());
    const isPage = response.request().resourceType() === "document" && response.headers()["content-type"]?.startsWith("text/html");
    if (url.origin !== baseURL || !isPage) return;
    // A page that was left before it was read whole is not judged.
    const markup = await response.body().catch(() => undefined);
    if (!markup) return;
    const ids = /[0-9a-f]{8}-[0-9a-f-]{27}|[^a-z/-]+/g;
    const place = [response.request().method().toLowerCase(), url.pathname.replace(ids, "").replaceAll("/", "_"), response.status()].join("-");
    const shape = createHash("sha256").update(markup.toString().replace(/>[^<]*</g, "><").replace(/="[^"]*"/g, "")).digest("hex").slice(0, 6);
    writeFileSync(`${folder}/${place}-${shape}.html`, markup);
  });
}
