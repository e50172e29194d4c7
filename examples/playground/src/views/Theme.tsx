// Light, dark, or as the system has it.
import { signal } from "@preact/signals";

const CHOICES = { "light dark": "System", light: "Light", dark: "Dark" };

const scheme = signal(localStorage.getItem("scheme") ?? "light dark");
document.documentElement.style.colorScheme = scheme.value;

export function Theme() {
  const choose = (value: string) => {
    scheme.value = document.documentElement.style.colorScheme = value;
    localStorage.setItem("scheme", value);
  };
  return (
    <label>
      Colours{" "}
      <select value={scheme} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {Object.entries(CHOICES).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
