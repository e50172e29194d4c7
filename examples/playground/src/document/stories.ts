// The stories to start from: the project's own scenarios, as they stand.
const files = import.meta.glob<string>("../../../scenarios/*.json", { query: "?raw", import: "default", eager: true });

export interface Story {
  name: string;
  label: string;
  text: string;
}

/** What somebody new should see first, by names that say what it is about. */
const FIRST: Record<string, string> = {
  "first-look": "A first look",
  onboarding: "On-boarding",
  "shared-credential": "A company's credential",
  "off-boarding": "Off-boarding",
  rehire: "A rehire",
  deletion: "Deletion and purge",
  incident: "The incident",
  "registration-tokens": "Self-registration",
};

const all = new Map(Object.entries(files).map(([path, text]) => [/([^/]+)\.json$/.exec(path)![1]!, text]));

/** `label` is a name without hyphens where there is no better one. */
const story = (name: string): Story => ({ name, label: FIRST[name] ?? name.replaceAll("-", " "), text: all.get(name)! });

export const first: Story[] = Object.keys(FIRST).map(story);
export const others: Story[] = [...all.keys()].filter((name) => !(name in FIRST)).map(story);
