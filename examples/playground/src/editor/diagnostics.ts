// Faults at their places in the text.
import { jsonParseLinter } from "@codemirror/lang-json";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { Fault } from "../core/shapes";
import { nodeAt } from "../document/place";

const parse = jsonParseLinter();

export function show(view: EditorView, faults: Fault[]): void {
  const broken = faults.length > 0 ? parse(view) : [];
  view.dispatch(setDiagnostics(view.state, broken.length > 0 ? broken : faults.map((fault) => diagnostic(view, fault))));
}

function diagnostic(view: EditorView, { pointer, message, severity }: Fault): Diagnostic {
  const { from, to } = nodeAt(view.state.sliceDoc(), pointer);
  const line = view.state.doc.lineAt(from);
  // A whole object is not underlined, only where it begins.
  return { from, to: Math.min(to, Math.max(line.to, from + 1)), severity, message };
}
