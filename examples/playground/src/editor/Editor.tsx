// The scenario's text.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory, undo } from "@codemirror/commands";
import { json, jsonLanguage } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { nodeAt } from "../document/place";
import { change, faults, reveal, run, view as shownAs, step, text, UNDO } from "../state";
import { complete } from "./complete";
import { show } from "./diagnostics";
import { markStep, present } from "./present";
import { theme } from "./theme";

/** So long after the last key the text is run. */
const PAUSE = 200;

export default function Editor() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({ parent: host.current!, state: EditorState.create({ doc: text.peek(), extensions }) });
    const stop = [
      effect(() => take(view)),
      effect(() => show(view, faults.value)),
      effect(() => {
        if (run.value && shownAs.value === "text") markStep(view, step.value);
      }),
      effect(() => goTo(view)),
    ];
    return () => {
      for (const end of stop) end();
      view.destroy();
    };
  }, []);
  return <div class="editor" ref={host} />;
}

/** Does to the text what others ask for. */
function take(view: EditorView): void {
  const asked = change.value;
  if (asked === null) return;
  change.value = null;
  const changes = typeof asked === "string" ? { from: 0, to: view.state.doc.length, insert: asked } : asked;
  if (changes === UNDO) undo(view);
  else view.dispatch({ changes, annotations: isolateHistory.of("full") });
  text.value = view.state.sliceDoc();
}

function goTo(view: EditorView): void {
  if (reveal.value === null) return;
  const { from } = nodeAt(view.state.sliceDoc(), reveal.value);
  reveal.value = null;
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

let timer = 0;
const extensions = [
  lineNumbers(),
  foldGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  lintGutter(),
  autocompletion(),
  json(),
  jsonLanguage.data.of({ autocomplete: complete }),
  present,
  theme,
  // No key of its own for Tab: it leads out of the editor.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
  EditorView.contentAttributes.of({ "aria-label": "Scenario, as JSON", tabindex: "0" }),
  EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => (text.value = update.state.sliceDoc()), PAUSE);
  }),
];
