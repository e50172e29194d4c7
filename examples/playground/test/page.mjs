// What the tests share: the built playground in a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, serve } from "../../../tests/npm/host.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const scenarios = join(root, "examples/scenarios");
/** A scenario of the project, as text. */
export const story = (name) => readFileSync(join(scenarios, `${name}.json`), "utf8");

/** What is there once the first scenario has run. */
const ran = (page) => page.locator(".problems").filter({ hasText: /\w/ });

/** Opens a story of the list, and waits until its steps are there. */
export async function choose(page, name) {
  const { scenario, steps } = JSON.parse(story(name));
  await page.getByLabel("Story").selectOption(name);
  await page.locator(".about").filter({ hasText: scenario }).waitFor();
  await page.getByText(`${steps.length} steps, all as expected`).waitFor();
}

/** Serves the built site and starts a browser; `page` opens a page of it, which must throw nothing. */
export async function start(folder = "target/playground") {
  const site = await serve(join(root, folder));
  const chrome = await browser();
  const faults = [];
  const page = async ({
    hash = "",
    host = "127.0.0.1",
    path = "",
    ready = ran,
    story = "off-boarding",
    json = false,
    init,
    ...options
  } = {}) => {
    const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(10_000);
    const opened = await context.newPage();
    if (init) await opened.addInitScript(init);
    opened.on("pageerror", (fault) => faults.push(String(fault)));
    opened.on("console", (message) => {
      if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) faults.push(message.text());
    });
    await opened.goto(`${site.address.replace("127.0.0.1", host)}/${path}${hash}`);
    await ready(opened).waitFor();
    if (hash === "" && path === "" && story !== "first-look") await choose(opened, story);
    if (json) await opened.getByRole("button", { name: "JSON" }).click();
    return opened;
  };
  const stop = async () => {
    await chrome.close();
    site.close();
    assert.deepEqual(faults, []);
  };
  return { page, stop };
}

/** Drops a file onto the page. */
export async function drop(page, name, text) {
  const files = await page.evaluateHandle(
    ([name, text]) => {
      const files = new DataTransfer();
      files.items.add(new File([text], name));
      return files;
    },
    [name, text],
  );
  await page.dispatchEvent(".app", "drop", { dataTransfer: files });
}

export const slider = (page) => page.getByRole("slider", { name: "Instant" });
export const cell = (page, user, connector) => page.getByRole("button", { name: new RegExp(`^${user}, \\w+, ${connector}:`) });

/** Waits until the cell says so. */
export async function says(page, user, connector, text) {
  await cell(page, user, connector).filter({ hasText: text }).waitFor();
}

/** Adds a step where time stands. */
export async function add(page, choice) {
  await page.getByLabel("Add a step where time stands").selectOption(choice);
  await page.getByRole("button", { name: "Add", exact: true }).click();
}

/** Puts a document in place of the editor's. */
export async function write(page, text) {
  await page.getByRole("textbox", { name: "Scenario" }).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}
