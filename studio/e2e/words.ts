import type { Locator } from "@playwright/test";
import type { Server } from "./server";

/** The numbers of the words that the agent who talks has said, as they are shown. */
export async function wordsOf(answer: Locator): Promise<number[]> {
  return numbersIn((await answer.allInnerTexts()).join(" "));
}

/** The same, as the events have them. */
export async function recordedWords(server: Server, runId: string): Promise<number[]> {
  const { events } = await server.read<{ events: { type: string; text?: string }[] }>(`workspaces/talk/runs/${runId}/events?limit=5000`);
  return numbersIn(events.map(({ type, text }) => (type === "text" ? text : "")).join(""));
}

export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/w(\d+)/g)].map((match) => Number(match[1]));
}
