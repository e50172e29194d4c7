// The built playground, used as people use it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { cell, choose, drop, says, scenarios, slider, start, story, write } from "./page.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

test("it shows who may call what at the end of a story; keys go back in time", async () => {
  const page = await site.page();
  await says(page, "user_alice", "slack", "allow");
  await says(page, "user_bob", "slack", "to be linked");
  await slider(page).press("Home");
  await says(page, "user_alice", "slack", "not there");
  for (let stop = 0; stop < 16; stop += 1) await slider(page).press("ArrowRight");
  await says(page, "user_alice", "slack", "inactive");
});

test("every story is there, runs as expected, and shows a matrix or where its accounts stand", async () => {
  const page = await site.page();
  const options = page.getByLabel("Story").locator("option");
  const names = await options.evaluateAll((all) => all.map(({ value }) => value));
  assert.deepEqual(
    names.toSorted(),
    readdirSync(scenarios)
      .map((file) => file.replace(/\.json$/, ""))
      .toSorted(),
  );
  const labels = (await options.allTextContents()).slice(0, 8);
  assert.deepEqual(labels.slice(1), [
    "On-boarding",
    "A company's credential",
    "Off-boarding",
    "A rehire",
    "Deletion and purge",
    "The incident",
    "Self-registration",
  ]);
  for (const name of names) {
    await choose(page, name);
    await page.locator(".cell, .lifecycles li b").first().waitFor();
  }
});

test("dragging time past the end shows what lapses, though nothing happens any more", async () => {
  const page = await site.page();
  const text = story("off-boarding")
    .replace(/,\s*"steps": \[/, ', "steps": [')
    .replace(
      /\s*\]\s*}\s*$/,
      `,
    {"as": "key", "execute": {"command": "start_link", "registered_user_id": "$alice", "connector": "jira", "tool_pack_id": "support"}, "save": {"short": "/link_session_id"}},
    {"as": "key", "execute": {"command": "complete_link", "link_session_id": "$short", "expires_at": "2026-05-04T16:00:00Z"}}
  ]
}
`,
    );
  await drop(page, "lapsing.json", text);
  await says(page, "user_alice", "jira", "allow");
  const { x, y, width, height } = await slider(page).boundingBox();
  await page.mouse.move(x + width * 0.7, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 10 });
  await page.mouse.up();
  await says(page, "user_alice", "jira", "link again");
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

test("a remedy in the past is put where time stands, and cuts an advance in two", async () => {
  const page = await site.page({ json: true });
  await says(page, "user_alice", "slack", "allow");
  await slider(page).press("Home");
  for (let stop = 0; stop < 23; stop += 1) await slider(page).press("ArrowRight");
  await page.getByText("due: link session removed").waitFor();
  await cell(page, "user_alice", "github").filter({ hasText: "inactive" }).click();
  await page.getByRole("button", { name: "Add to the scenario" }).click();
  await says(page, "user_alice", "github", "allow");
  await page
    .getByRole("textbox", { name: "Scenario" })
    .getByText(/"advance": "1470m"/)
    .waitFor();
  assert.match(await page.getByRole("time").textContent(), /^2026-03-06 16:30/);
});

test("a shared address opens the same scenario, and a broken one the first story", async () => {
  const page = await site.page({ json: true });
  await drop(page, "mine.json", story("shared-credential").replace(/"scenario": ".*?"/, '"scenario": "Grüße, 世界"'));
  await page.getByRole("textbox", { name: "Scenario" }).press("Control+Home");
  await page.getByRole("textbox", { name: "Scenario" }).getByText("Grüße, 世界").waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => location.hash.startsWith("#s="));
  const { hash } = new URL(page.url());
  const other = await site.page({ hash, json: true });
  await slider(other).press("Home");
  await other.getByRole("textbox", { name: "Scenario" }).press("Control+Home");
  await other.getByRole("textbox", { name: "Scenario" }).getByText("Grüße, 世界").waitFor();
  const broken = await site.page({ hash: "#s=none" });
  await says(broken, "Ben", "slack", "to be linked");
});

test("a document that is broken says where, and keeps what was shown", async () => {
  const page = await site.page({ json: true });
  await write(page, story("off-boarding").replace('"slack"', '"slack'));
  await page.getByRole("list", { name: "Problems" }).waitFor();
  await says(page, "user_alice", "slack", "allow");
  await write(page, story("off-boarding").replace('"seed"', '"sead"'));
  await page.getByRole("button", { name: "/sead" }).click();
  assert.match(
    await page.evaluate(() => document.getSelection().anchorNode.parentElement.closest(".cm-line").textContent),
    /sead/,
  );
});

test("a refused command is marked at the very field", async () => {
  const page = await site.page({ json: true });
  await write(page, story("off-boarding").replace('"tools": ["post_message"]', '"tools": ["post_message", 7]'));
  await page.getByRole("button", { name: "/steps/1/execute/tools/1" }).waitFor();
});

test("the editor completes what the schema and the scenario know", async () => {
  const page = await site.page({ json: true });
  await write(page, '{"actors": {"key": {"type": "system"}}, "steps": [{"as": "key", "execute": {"command": "put_tool_pack", ');
  await page.keyboard.type('"');
  await page.getByRole("option", { name: '"group_ids"' }).waitFor();
  await page.keyboard.type("nam");
  await page.getByRole("option", { name: '"name"' }).click();
  await page.getByRole("textbox", { name: "Scenario" }).getByText('"put_tool_pack", "name": ').waitFor();
});

test("it is exported as a scenario and as a test in each language", async () => {
  const page = await site.page();
  for (const [label, expected] of [
    ["Scenario", /^\{\n {2}"scenario"/],
    ["Rust test", /r#*"\{/],
    ["JavaScript test", /simulate\(scenario\)/],
    ["Python test", /tenantry\.simulate/],
  ]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByLabel("Export").selectOption(label)]);
    assert.match(readFileSync(await file.path(), "utf8"), expected);
  }
});

test("once loaded, it needs no network", async () => {
  const page = await site.page({ host: "playground.localhost" });
  await page.locator("html[data-offline=ready]").waitFor({ state: "attached" });
  await page.context().setOffline(true);
  await page.reload();
  await says(page, "Ana", "slack", "allow");
});

test("by keyboard alone: from the top of the page to a remedy", async () => {
  const page = await site.page();
  await says(page, "user_bob", "slack", "to be linked");
  const focused = () =>
    page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      if (wanted.test(await focused())) return;
    }
    assert.fail(`no way to ${wanted}`);
  };
  await tabTo(/^1 create organization/);
  await tabTo(/^Instant/);
  await tabTo(/^user_alice, support, github/);
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await page.getByText("gains: user_bob support/slack").waitFor();
  await tabTo(/^Add to the scenario/);
  await page.keyboard.press("Enter");
  await says(page, "user_bob", "slack", "allow");
});
