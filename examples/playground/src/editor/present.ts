// The step that the time line stands at, marked in the text.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { nodeAt, values } from "../document/place";

const mark = StateEffect.define<DecorationSet>();

export const present = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => transaction.effects.find((one) => one.is(mark))?.value ?? marks.map(transaction.changes),
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the lines of the step and, where the user is elsewhere, scrolls there. */
export function markStep(view: EditorView, step: number): void {
  const text = view.state.sliceDoc();
  const node = step > 0 ? values(nodeAt(text, "/steps"))[step - 1] : undefined;
  if (!node) {
    view.dispatch({ effects: mark.of(Decoration.none) });
    return;
  }
  const lines = [];
  for (let line = view.state.doc.lineAt(node.from); ; line = view.state.doc.line(line.number + 1)) {
    lines.push(Decoration.line({ class: "cm-present-step" }).range(line.from));
    if (line.to >= node.to || line.number === view.state.doc.lines) break;
  }
  const scroll = view.hasFocus ? [] : [EditorView.scrollIntoView(node.from, { y: "center" })];
  view.dispatch({ effects: [mark.of(Decoration.set(lines)), ...scroll] });
}
