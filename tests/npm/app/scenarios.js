// Every scenario gives the very bytes of its checked-in transcript, from text and from an object alike.
import { canonicalJson, simulate, story } from "tenantry";
import { equal, misused, refused } from "./expect.js";
import { scenarios } from "./scenarios.data.js"; // written by `host.mjs`

const cases = scenarios.map(({ name, scenario, transcript }) => [
  `scenario ${name}`,
  () => {
    equal(canonicalJson(simulate(scenario)), transcript);
    equal(canonicalJson(simulate(JSON.parse(scenario))), transcript);
    equal(canonicalJson(simulate(new TextEncoder().encode(scenario).buffer)), transcript);
    equal(story(transcript), story(simulate(scenario)));
  },
]);

cases.push([
  "what is no scenario is refused",
  () => {
    const [{ scenario }] = scenarios;
    for (const wrong of [null, 5, "{", {}, [], new Uint8Array()]) equal(refused(() => simulate(wrong)).code, "invalid_request");
    for (const wrong of [undefined, { ...JSON.parse(scenario), seed: 1n }])
      equal(misused(() => simulate(wrong)).code, "invalid_request");
    equal(refused(() => simulate({ ...JSON.parse(scenario), steps: [NaN] })).pointer, "/steps/0");
    refused(() => story({}));
  },
]);

export { cases };
