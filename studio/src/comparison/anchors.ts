/**
 * The places at which two lists have the same number, of those that each has once, in the order of both and as many as there can be: what lies between
 * them can be compared by itself.
 */
export function anchorsOf(left: readonly number[], right: readonly number[]): [left: number, right: number][] {
  const [ours, theirs] = [placesOfUnique(left), placesOfUnique(right)];
  const common = [...ours].flatMap(([number, place]): [number, number][] => {
    const other = theirs.get(number);
    return other === undefined ? [] : [[place, other]];
  });
  return longestRising(common.sort(([one], [other]) => one - other));
}

function placesOfUnique(numbers: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  const twice = new Set<number>();
  numbers.forEach((number, place) => (places.has(number) ? twice.add(number) : places.set(number, place)));
  for (const number of twice) places.delete(number);
  return places;
}

/** The most pairs whose second places rise. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before = new Array<number>(pairs.length).fill(-1);
  pairs.forEach(([, place], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (pairs[ends[half]!]![1] < place) low = half + 1;
      else high = half;
    }
    if (low > 0) before[index] = ends[low - 1]!;
    ends[low] = index;
  });
  const rising: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) rising.push(pairs[index]!);
  return rising.reverse();
}
