// The stories to start from: the project's own scenarios, as they stand.
const files = import.meta.glob<string>("../../../scenarios/*.json", { query: "?raw", import: "default", eager: true });

export interface Story {
  name: string;
  text: string;
}

/** Those that somebody new should see first. */
const FIRST = [
  "off-boarding",
  "credential-life",
  "shared-credential",
  "onboarding",
  "deletion",
  "incident",
  "registration-tokens",
  "leaving-and-returning",
];

const rank = ({ name }: Story) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

export const stories: Story[] = Object.entries(files)
  .map(([path, text]) => ({ name: /([^/]+)\.json$/.exec(path)![1]!, text }))
  .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
