// What can be done with the whole document.
import { useRef } from "preact/hooks";
import { download, exports } from "../document/exports";
import { toHash } from "../document/share";
import { first, others, type Story } from "../document/stories";
import { open, said, text } from "../state";
import { Theme } from "./Theme";

export function Bar() {
  return (
    <header class="bar">
      <h1>
        Tenantry <span>playground</span>
      </h1>
      <Stories />
      <Import />
      <Exports />
      <Share />
      <Theme />
    </header>
  );
}

function Stories() {
  const choose = (name: string) => {
    history.replaceState(null, "", location.pathname + location.search);
    open([...first, ...others].find((story) => story.name === name)!.text);
  };
  const option = ({ name, label }: Story) => (
    <option key={name} value={name}>
      {label}
    </option>
  );
  return (
    <label>
      Story{" "}
      <select onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {first.map(option)}
        <optgroup label="More">{others.map(option)}</optgroup>
      </select>
    </label>
  );
}

function Import() {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => file && open(await file.text());
  return (
    <>
      <button type="button" title="A scenario may be dropped onto the page, too" onClick={() => input.current!.click()}>
        Open…
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json"
        aria-label="Scenario file"
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
    </>
  );
}

function Exports() {
  return (
    <label>
      Export{" "}
      <select
        value=""
        onChange={({ currentTarget }) => {
          download(exports[Number(currentTarget.value)]!, text.value);
          currentTarget.value = "";
        }}
      >
        <option value="" disabled>
          as…
        </option>
        {exports.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Share() {
  const share = async () => {
    history.replaceState(null, "", await toHash(text.value));
    const copied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    said.value = copied
      ? "The link is copied; it holds the whole scenario."
      : "The address holds the whole scenario now: copy it.";
  };
  return (
    <button type="button" onClick={() => void share()}>
      Share
    </button>
  );
}
