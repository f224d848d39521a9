import type { TokenUsage } from "../api/types";
import { count, price } from "../ui/format";

export interface UsageRow {
  name: string;
  calls: number;
  tokens: TokenUsage;
  costUsd: number;
  unpricedCalls: number;
}

export interface UsageReport {
  from: string;
  runs: number;
  isComplete: boolean;
  total: UsageRow;
  agents: UsageRow[];
  models: UsageRow[];
  days: UsageRow[];
}

/** What calls cost; null where nothing was paid for or no price is known. A plus says that some calls have no known price. */
export function costText({ costUsd, unpricedCalls }: UsageRow): string | null {
  const known = price(costUsd);
  return known && unpricedCalls > 0 ? `${known}+` : known;
}

/** A number of tokens in few characters: 950, 12.3k, 4.56M. */
export function shortCount(value: number): string {
  if (value < 1000) return count(value);
  return value < 1_000_000 ? `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)}k` : `${(value / 1_000_000).toFixed(2)}M`;
}

/** Each day from the first to today, UTC; those without calls have none. */
export function everyDay(report: UsageReport, today: string): UsageRow[] {
  const known = new Map(report.days.map((row) => [row.name, row]));
  const none = { ...report.total, calls: 0, costUsd: 0, unpricedCalls: 0, tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, totalTokens: 0 } };
  const days: UsageRow[] = [];
  for (let at = Date.parse(report.from); at <= Date.parse(today); at += 86_400_000) {
    const name = new Date(at).toISOString().slice(0, 10);
    days.push(known.get(name) ?? { ...none, name });
  }
  return days;
}
