// How the page reads: contrast and roles by axe, a name for every control, what a screen reader gets.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { add, cell, says, slider, start } from "./page.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Each part of the page, with something in it. */
const PARTS = {
  "a denied cell": async (page) => {
    await cell(page, "Ben", "slack").filter({ hasText: "to be linked" }).click();
    await page.getByText("gains: Ben").waitFor();
  },
  "a form": (page) => page.getByRole("button", { name: /^5 put tool pack/ }).click(),
  "a form with a fault": async (page) => {
    await add(page, "execute:revoke_credential");
    await page.locator(".wrong").first().waitFor();
  },
  "the text": async (page) => {
    await page.getByRole("button", { name: "JSON" }).click();
    await page.getByRole("textbox", { name: "Scenario" }).waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    test(`WCAG AA and axe's own advice, ${colorScheme}, ${width} pixels`, async () => {
      const page = await site.page({ story: "first-look", colorScheme, viewport: { width, height: 900 } });
      await page.addScriptTag({ path: axe });
      for (const [part, show] of Object.entries(PARTS)) {
        await show(page);
        const faults = await page.evaluate(async () => {
          const { violations, passes } = await axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          });
          const said = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`),
          );
          return passes.some(({ id }) => id === "color-contrast") ? said : ["axe has not looked"];
        });
        assert.deepEqual(faults, [], part);
      }
    });
  }
}

const CONTROLS = new Set(["button", "checkbox", "combobox", "listbox", "slider", "spinbutton", "textbox", "link"]);

test("every control has a name", async () => {
  const page = await site.page({ story: "first-look" });
  const tree = await page.context().newCDPSession(page);
  for (const [part, show] of Object.entries(PARTS)) {
    await show(page);
    const { nodes } = await tree.send("Accessibility.getFullAXTree");
    const controls = nodes.filter(({ ignored, role }) => !ignored && CONTROLS.has(role?.value));
    assert.ok(controls.length > 20, part);
    assert.deepEqual(
      controls.filter(({ name }) => !name?.value.trim()).map(({ role }) => role.value),
      [],
      part,
    );
  }
});

test("a screen reader gets the regions in the order in which they are used, and the matrix as a table", async () => {
  const page = await site.page({ story: "first-look" });
  await cell(page, "Ana", "jira").click();
  await page.getByText("gains: Ana").waitFor();
  const whole = await page.locator("body").ariaSnapshot();
  const outline = Array.from(
    whole.matchAll(/^ *- (banner|main|region|heading)( ".*?")?/gm),
    ([, role, name = ""]) => role + name,
  );
  assert.deepEqual(outline, [
    "banner",
    'heading "Tenantry playground"',
    'region "Scenario"',
    "main",
    'region "Time"',
    'region "Who may call what"',
    'heading "Who may call what"',
    'region "Events and effects"',
    'heading "Events and effects"',
    'region "Why"',
    'heading "Why"',
    'heading "What would change that"',
    'heading "All checks"',
    'region "Lifecycles"',
    'heading "Lifecycle of a credential"',
  ]);
  const matrix = await page.getByRole("region", { name: "Who may call what" }).getByRole("table").ariaSnapshot();
  for (const line of [
    '- columnheader "tool pack support"',
    '- columnheader "slack post message"',
    '- rowheader "Ana"',
    "- 'button \"Ana, support, jira: to be linked\" [pressed]'",
    "- 'button \"Ana, support, slack: allow\"'",
  ]) {
    assert.ok(matrix.includes(line), `${line} in\n${matrix}`);
  }
  const why = await page.getByRole("region", { name: "Why" }).ariaSnapshot();
  assert.match(why, /May an agent, for Ana and with the tool pack support, call/);
  assert.match(why, /paragraph: credential required \w+/);
  assert.match(why, /row "failed credential connector: jira/);
});

test("what changes is said: by the slider itself, and by a live region", async () => {
  const page = await site.page({ story: "first-look" });
  const said = (text) => page.getByRole("status").filter({ hasText: text }).waitFor();
  await slider(page).press("ArrowRight");
  await slider(page).press("ArrowRight");
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "2026-04-01 09:00 UTC, due: credential expired");
  await page.getByRole("button", { name: "One stop back" }).click();
  await said("2026-03-03 09:30 UTC, due: link session removed");
  await cell(page, "Ben", "slack").click();
  await page.getByRole("button", { name: "Add to the scenario" }).click();
  await said("The steps are in the scenario.");
  await add(page, "advance");
  await said(/^Step \d+ is added\.$/);
  await page.getByRole("button", { name: "Move up" }).click();
  await said(/^It is step \d+ now\.$/);
  await page.getByRole("button", { name: "Remove step" }).click();
  await said(/^Step \d+ is removed\.$/);
});

test("somebody new: time past an expiry, the red cell, the remedy, and it is green again", async () => {
  const page = await site.page({ path: "index.html" });
  await says(page, "Ana", "slack", "allow");
  await page.getByRole("columnheader", { name: "tool pack support" }).waitFor();
  const { x, y, width, height } = await slider(page).boundingBox();
  await page.mouse.move(x + width * 0.675, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.92, y + height / 2, { steps: 10 });
  await page.mouse.up();
  const red = cell(page, "Ana", "slack").filter({ hasText: "link again" });
  await red.click();
  assert.match(await red.getAttribute("class"), /revoked/);
  const apply = page.getByRole("button", { name: "Add to the scenario" });
  const box = await apply.boundingBox();
  assert.ok(box.y + box.height < 900, "in sight without scrolling");
  await apply.click();
  await says(page, "Ana", "slack", "allow");
});
