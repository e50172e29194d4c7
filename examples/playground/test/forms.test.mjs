// Steps as forms: what one does who knows no JSON.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { add, cell, says, start } from "./page.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

const schema = JSON.parse(readFileSync(new URL("../../../schema/tenantry.schema.json", import.meta.url)));
const open = (page) => page.locator(".form");
const field = (page, name) => open(page).getByLabel(name, { exact: true });
const row = (page, number) => page.locator(".row").nth(number - 1);

/** Writes into a field and leaves it. */
async function fill(page, name, value) {
  await field(page, name).fill(value);
  await field(page, name).blur();
}

test("a step is added, says at the field what it lacks, and takes effect once that is filled in", async () => {
  const page = await site.page({ story: "first-look" });
  await add(page, "execute:create_registered_user");
  await open(page).locator(".wrong").filter({ hasText: "`origin_user_id`" }).waitFor();
  const wrong = field(page, "origin user id");
  assert.equal(await wrong.getAttribute("aria-invalid"), "true");
  assert.match(await wrong.getAttribute("aria-describedby"), /^wrong:/);
  await fill(page, "origin user id", "dora");
  await cell(page, "dora", "jira").waitFor();
  assert.equal(await open(page).locator(".wrong").count(), 0);
  await fill(page, "later steps call its registered user id", "$dora");
  await add(page, "execute:start_link");
  assert.ok(
    (await page.locator("datalist[id='known:ids'] option").evaluateAll((all) => all.map((one) => one.value))).includes("$dora"),
  );
  await fill(page, "registered user id", "$dora");
  await fill(page, "connector", "jira");
  await fill(page, "later steps call its link session id", "link");
  await add(page, "execute:complete_link");
  await fill(page, "link session id", "$link");
  await says(page, "dora", "jira", "allow");
});

test("a field may be of any sort: words a line each, one of a few, a list of objects, one of several owners, plain JSON", async () => {
  const page = await site.page({ story: "first-look" });
  await add(page, "execute:put_connector");
  await fill(page, "connector", "wiki");
  await fill(page, "tools", "read\nwrite");
  await add(page, "execute:put_tool_pack");
  await fill(page, "tool pack id", "writing");
  await fill(page, "name", "Writing");
  await open(page).getByRole("button", { name: "Add one" }).click();
  await fill(page, "connector", "wiki");
  await open(page).getByText("auth scope, tool names").click();
  await field(page, "auth scope").selectOption("ORGANIZATION");
  await page.getByRole("button", { name: /^Ana, writing, wiki: to be linked/ }).waitFor();
  await add(page, "execute:revoke_credential");
  await field(page, "scope").selectOption("INDIVIDUAL");
  await fill(page, "registered user id", "$ana");
  await fill(page, "connector", "slack");
  await says(page, "Ana", "slack", "revoked");
  await add(page, "execute:create_registered_user");
  await open(page).locator("summary").first().click();
  const groupings = field(page, "custom groupings").first();
  await groupings.fill('{"team": ');
  await groupings.blur();
  assert.equal(await groupings.getAttribute("aria-invalid"), "true");
  await groupings.fill('{"team": "red"}');
  await groupings.blur();
  await fill(page, "origin user id", "eva");
  await cell(page, "eva", "jira").waitFor();
});

test("steps are changed, moved, removed, and all of that undone; the text beside them says the same", async () => {
  const page = await site.page({ story: "first-look" });
  await row(page, 12).click();
  await page.getByText("step 12 of 19").waitFor();
  await fill(page, "expires at", "2026-03-03T09:00:00Z");
  await page.getByText("1 mismatch").or(page.locator(".problems li")).first().waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("19 steps, all as expected").waitFor();
  await open(page).getByRole("button", { name: "Move up" }).press("Enter");
  await row(page, 11).filter({ hasText: "complete link" }).waitFor();
  await page.waitForFunction(() => document.activeElement.textContent === "Move up");
  await page.keyboard.press("Enter");
  await row(page, 10).filter({ hasText: "complete link" }).waitFor();
  await open(page).getByRole("button", { name: "Remove step" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".row").length === 18);
  for (let time = 0; time < 3; time += 1) await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("19 steps, all as expected").waitFor();
  await page.getByRole("button", { name: "JSON" }).click();
  await page.getByRole("textbox", { name: "Scenario" }).getByText('"tool": "slack__list_channels"').waitFor();
});

test("by keyboard alone: a step is opened, changed, moved and removed, and one is added", async () => {
  const page = await site.page({ story: "first-look" });
  const press = async (key, until) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press(key);
      if (await page.evaluate(until)) return;
    }
    assert.fail(`no way to ${until}`);
  };
  await press("Tab", () => document.activeElement.id === "step:6");
  await page.keyboard.press("Enter");
  await press("Tab", () => document.activeElement.id === "field:/steps/5/execute/name");
  await page.keyboard.type("More Sales");
  await press("Tab", () => document.activeElement.textContent === "Move up");
  await row(page, 6).filter({ hasText: "More Sales" }).waitFor();
  await page.keyboard.press("Enter");
  await row(page, 5).filter({ hasText: "More Sales" }).waitFor();
  await page.waitForFunction(() => document.activeElement.textContent === "Move up");
  await press("Tab", () => document.activeElement.textContent === "Remove step");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.activeElement.id === "step:5" && document.querySelectorAll(".row").length === 18);
  await press("Tab", () => document.activeElement.labels?.[0]?.textContent.startsWith("Add a step"));
  await page.keyboard.press("Home");
  await press("Tab", () => document.activeElement.textContent === "Add");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".row").length === 19);
});

test("the first and the last step may go, until none is left, and one is put into none", async () => {
  const page = await site.page({ story: "first-look" });
  for (let left = 18; left >= 0; left -= 1) {
    await row(page, left % 2 === 0 ? 1 : left + 1).click();
    await open(page).getByRole("button", { name: "Remove step" }).click();
    await page.waitForFunction((left) => document.querySelectorAll(".row").length === left, left);
  }
  await page.getByText("0 steps, all as expected").waitFor();
  await add(page, "execute:create_organization");
  await fill(page, "name", "New");
  await page.getByText("1 steps, all as expected").waitFor();
});

test("a problem leads to its field", async () => {
  const page = await site.page({ story: "first-look" });
  await row(page, 6).click();
  await fill(page, "name", "");
  await page.getByRole("button", { name: "/steps/5/execute/name" }).waitFor();
  await row(page, 6).click();
  await page.getByRole("button", { name: "/steps/5/execute/name" }).click();
  await page.waitForFunction(() => document.activeElement.id === "field:/steps/5/execute/name");
});

test("every command and query has a form with all its fields", async () => {
  const page = await site.page({ story: "first-look" });
  const requests = Object.values(schema.$defs).filter((one) => one["x-name"]);
  assert.ok(requests.length > 40);
  for (const { "x-name": name, properties } of requests) {
    const kind = properties.command ? "execute" : "query";
    await row(page, 1).click();
    await field(page, "what happens").selectOption(`${kind}:${name}`);
    const wanted = Object.entries(properties).filter(([, inner]) => inner.const === undefined);
    await page.waitForFunction((name) => document.querySelector(".form select").value === name, `${kind}:${name}`);
    for (const [key] of wanted) {
      const at = `/steps/0/${kind}/${key}`;
      const there = page.locator(`[id="field:${at}"], fieldset:has(> legend:text-is("${key.replaceAll("_", " ")}"))`);
      assert.ok((await there.count()) > 0, `${name}: ${key}`);
    }
    await row(page, 1).click();
  }
});
