// Completion: names and values that the schema knows, actors, and what the scenario has saved.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { keyOf, member, nodeAt } from "../document/place";
import { alternatives, fitting, memberOf, type Schema, scenario } from "../document/schema";

export function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/"?[\w$]*/)!;
  if (word.from === word.to && !context.explicit) return null;
  const text = context.state.sliceDoc();
  const before = /\S(?=\s*$)/.exec(text.slice(0, word.from))?.[0] ?? "";
  const container = enclosing(syntaxTree(context.state).resolveInner(word.from, before === ":" ? -1 : 0), word.from);
  if (!container) return null;
  const schema = schemaOf(text, container);
  const key = container.name === "Object" && (before === "{" || before === ",");
  const options = key ? names(text, container, schema) : [...valuesOf(schema), ...ownValues(text, container)];
  return options.length === 0 ? null : { from: word.from, options, filter: true, validFor: /^"?[\w$]*$/ };
}

/** The object, array or member that the place lies in. */
function enclosing(node: SyntaxNode | null, at: number): SyntaxNode | null {
  for (; node; node = node.parent) {
    if (node.name === "Property" && node.getChild("PropertyName")!.to < at) return node;
    if ((node.name === "Object" || node.name === "Array") && node.from < at) return node;
  }
  return null;
}

/** What the schema says of an object or of a member's or an array's value. */
function schemaOf(text: string, node: SyntaxNode): Schema {
  const above = node.parent && enclosing(node.parent, node.to);
  const whole = above ? schemaOf(text, above) : scenario;
  if (node.name === "Array") return { anyOf: alternatives(whole).flatMap(({ items }) => items ?? []) };
  if (node.name !== "Property") return whole;
  return memberOf(fitting(whole, constants(text, node.parent!)), keyOf(text, node) ?? "");
}

const constants = (text: string, object: SyntaxNode) => (key: string) => {
  const value = member(text, object, key);
  return value?.name === "String" ? text.slice(value.from + 1, value.to - 1) : undefined;
};

function names(text: string, object: SyntaxNode, schema: Schema): Completion[] {
  const present = new Set(object.getChildren("Property").map((one) => keyOf(text, one)));
  const known = new Map(fitting(schema, constants(text, object)).flatMap(({ properties }) => Object.entries(properties ?? {})));
  return [...known]
    .filter(([name]) => !present.has(name))
    .map(([name, inner]) => option(name, "property", inner.description, ": "));
}

function valuesOf(schema: Schema): Completion[] {
  const values = alternatives(schema).flatMap(
    (one) => one.enum ?? (one.const === undefined ? (one.type === "boolean" ? [true, false] : []) : [one.const]),
  );
  return values.map((value) => option(value, "constant", undefined));
}

/** Actors where one acts, and saved values wherever a value may stand. */
function ownValues(text: string, container: SyntaxNode): Completion[] {
  if (container.name === "Property" && keyOf(text, container) === "as") {
    const actors = nodeAt(text, "/actors").getChildren("Property");
    return actors.map((one) => option(keyOf(text, one), "variable", "an actor of this scenario"));
  }
  const saved = Array.from(text.matchAll(/"save"\s*:\s*\{([^}]*)\}/g), ([, inner]) =>
    Array.from(inner!.matchAll(/"(\w+)"\s*:/g), ([, name]) => `$${name}`),
  );
  return saved.flat().map((name) => option(name, "variable", "a value that a step has saved"));
}

function option(value: unknown, type: string, info: string | undefined, after = ""): Completion {
  const label = JSON.stringify(value);
  const apply = (view: EditorView, _: Completion, from: number, to: number) => {
    const closed = view.state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
    view.dispatch({
      changes: { from, to: closed, insert: label + after },
      selection: { anchor: from + label.length + after.length },
    });
  };
  return { label, type, apply, ...(info ? { info } : {}) };
}
