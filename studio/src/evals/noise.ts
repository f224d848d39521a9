const MostExact = 12;
const Alpha = 0.05;
const Normal95 = 1.96;

/**
 * Whether scores of the same case in two evals differ by more than chance, at 95 %: how many of all ways to deal the samples to two sides part the
 * means as far (a permutation test); by its normal approximation where there are many samples. Three samples a side can never show it.
 */
export function isBeyondNoise(before: readonly number[], after: readonly number[]): boolean {
  if (before.length === 0 || after.length === 0) return false;
  const all = [...before, ...after];
  const observed = Math.abs(mean(after) - mean(before));
  if (observed === 0) return false;
  if (all.length > MostExact) return observed / Math.sqrt(variance(all) * (1 / before.length + 1 / after.length)) > Normal95;
  const total = sum(all);
  let [ways, asFar] = [0, 0];
  for (let mask = 0; mask < 1 << all.length; mask++) {
    const side = all.filter((_, place) => (mask >> place) & 1);
    if (side.length !== before.length) continue;
    ways++;
    if (Math.abs((total - sum(side)) / after.length - mean(side)) >= observed - 1e-9) asFar++;
  }
  return asFar / ways <= Alpha;
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
}
