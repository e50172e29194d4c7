// A lifecycle's Mermaid text as states and arrows, and where to draw them.
export interface Arrow {
  from: string;
  to: string;
  /** What leads there: all triggers between the two. */
  triggers: string[];
}

export interface Machine {
  states: string[];
  first: string;
  arrows: Arrow[];
}

export function parse(text: string): Machine {
  const arrows = new Map<string, Arrow>();
  let first = "";
  for (const [, from, to, trigger] of text.matchAll(/^\s*(\S+) --> (\S+?)(?:: (.*))?$/gm)) {
    if (from === "[*]") first = to!;
    else {
      const key = `${from} ${to}`;
      const arrow = arrows.get(key) ?? { from: from!, to: to!, triggers: [] };
      arrow.triggers.push(trigger!);
      arrows.set(key, arrow);
    }
  }
  const all = [...arrows.values()];
  return { first, arrows: all, states: [...new Set([first, ...all.flatMap(({ from, to }) => [from, to])])] };
}
