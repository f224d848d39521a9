export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

const MostCells = 4_000_000;

/** How a text differs from another, by words. Texts that are too long to be compared are wholly removed and added. */
export function diffWords(before: string, after: string): DiffPart[] {
  const [left, right] = [tokens(before), tokens(after)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const parts: DiffPart[] = [];
  push(parts, "same", left.slice(0, start));
  middle(parts, left.slice(start, left.length - end), right.slice(start, right.length - end));
  push(parts, "same", left.slice(left.length - end));
  return parts;
}

/** By the longest common subsequence of words. */
function middle(parts: DiffPart[], left: string[], right: string[]): void {
  if (left.length * right.length > MostCells || left.length === 0 || right.length === 0) {
    push(parts, "removed", left);
    push(parts, "added", right);
    return;
  }
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) push(parts, "same", [left[i++]!]), j++;
    else if (j >= right.length || (i < left.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) push(parts, "removed", [left[i++]!]);
    else push(parts, "added", [right[j++]!]);
  }
}

function push(parts: DiffPart[], kind: DiffPart["kind"], words: string[]): void {
  if (words.length === 0) return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += words.join("");
  else parts.push({ kind, text: words.join("") });
}

/** Words, runs of white space, and everything else by its characters. */
function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
