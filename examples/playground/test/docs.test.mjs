// The playground within the docs site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cell, start } from "./page.mjs";

let site;
before(async () => (site = await start("target/docs")));
after(() => site.stop());

test("the docs' page shows it, and leads to it", async () => {
  const page = await site.page({ path: "docs/playground/", ready: (page) => page.locator("iframe") });
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await cell(page.frameLocator("iframe"), "Ana", "slack").filter({ hasText: "allow" }).waitFor();
  await page.getByRole("link", { name: "Open it in a window of its own" }).click();
  await cell(page, "Ana", "slack").filter({ hasText: "allow" }).waitFor();
  assert.match(page.url(), /:\d+\/playground\/$/);
});
