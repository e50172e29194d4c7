// Where in a JSON text a pointer points.
import { jsonLanguage } from "@codemirror/lang-json";
import type { SyntaxNode, Tree } from "@lezer/common";

/** The value at the pointer, or its nearest ancestor that is there. */
export function nodeAt(text: string, pointer: string): SyntaxNode {
  let node = parse(text).topNode.firstChild!;
  for (const key of pointer.split("/").slice(1).map(unescaped)) {
    const inner =
      node.name === "Array" ? values(node)[Number(key)] : node.name === "Object" ? member(text, node, key) : undefined;
    if (!inner) break;
    node = inner;
  }
  return node;
}

let last: { text: string; tree: Tree } | null = null;

/** The text's tree; places in one text are mostly asked for one after the other. */
function parse(text: string): Tree {
  if (last?.text !== text) last = { text, tree: jsonLanguage.parser.parse(text) };
  return last.tree;
}

const unescaped = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** The values of an array's node. */
export function values(array: SyntaxNode): SyntaxNode[] {
  return children(array).filter(({ name }) => !["[", "]", ","].includes(name));
}

/** The value of an object's member. */
export function member(text: string, object: SyntaxNode, key: string): SyntaxNode | undefined {
  const property = object.getChildren("Property").find((one) => keyOf(text, one) === key);
  return property?.lastChild ?? undefined;
}

/** What a member is called; null while its name is being written. */
export function keyOf(text: string, property: SyntaxNode): string | null {
  const name = property.getChild("PropertyName");
  try {
    return name && (JSON.parse(text.slice(name.from, name.to)) as string);
  } catch {
    return null;
  }
}

function children(node: SyntaxNode): SyntaxNode[] {
  const all = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}
