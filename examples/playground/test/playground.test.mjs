// The built playground, used as people use it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../../tests/npm/host.mjs";
import { cell, says, slider, start, write } from "./page.mjs";

const story = (name) => readFileSync(join(root, "examples/scenarios", `${name}.json`), "utf8");

let site;
before(async () => (site = await start()));
after(() => site.stop());

test("it loads and shows who may call what at the end of the first story", async () => {
  const page = await site.page();
  await says(page, "user_alice", "slack", "allow");
  await says(page, "user_bob", "slack", "to be linked");
});

test("going back in time shows the world as it was", async () => {
  const page = await site.page();
  await says(page, "user_alice", "slack", "allow");
  await slider(page).press("Home");
  await says(page, "user_alice", "slack", "not there");
  for (let stop = 0; stop < 16; stop += 1) await slider(page).press("ArrowRight");
  await says(page, "user_alice", "slack", "inactive");
});

test("a denied cell tells each check, and its remedy turns it", async () => {
  const page = await site.page();
  await cell(page, "user_bob", "slack").click();
  const why = page.getByRole("region", { name: "Why" });
  await why.getByText("credential required").waitFor();
  await why.getByRole("row", { name: /failed credential/ }).waitFor();
  await why.getByText("gains: user_bob support/slack").waitFor();
  await why.getByRole("button", { name: "Add to the scenario" }).click();
  await says(page, "user_bob", "slack", "allow");
  await page.getByText("32 steps, all as expected").waitFor();
});

test("a document that is broken says where, and keeps what was shown", async () => {
  const page = await site.page();
  await write(page, story("off-boarding").replace('"slack"', '"slack'));
  await page.getByRole("list", { name: "Problems" }).waitFor();
  await says(page, "user_alice", "slack", "allow");
  await write(page, story("off-boarding").replace('"seed"', '"sead"'));
  await page.getByRole("button", { name: "/sead" }).click();
  assert.match(await page.evaluate(() => document.getSelection().anchorNode.parentElement.closest(".cm-line").textContent), /sead/);
});
