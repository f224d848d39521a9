import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../api/events";
import { TimelineRows } from "./timeline";

const folder = new URL("../run/fixtures/", import.meta.url);
const runs = readdirSync(folder).map((file) => ({
  name: file,
  events: readFileSync(new URL(file, folder), "utf8").trim().split("\n").map((line) => JSON.parse(line) as RunEvent),
}));

describe.each(runs)("lines of $name", ({ events }) => {
  const whole = new TimelineRows().of(events);

  it("are the same however the events come", () => {
    for (let place = 0; place <= events.length; place++) {
      const lines = new TimelineRows();
      lines.of(events.slice(0, place));
      expect(lines.of(events)).toEqual(whole);
    }
  });

  it("of another run begin anew", () => {
    const lines = new TimelineRows();
    for (const other of runs) lines.of(other.events);
    expect(lines.of(events)).toEqual(whole);
  });
});
