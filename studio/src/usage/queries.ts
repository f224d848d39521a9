import { useRead } from "../api/queries";
import type { UsageReport } from "./usage";

const EveryMs = 15_000;

/** What the models of the workspace used in the last days, today with them. */
export const useUsage = (days: number) => useRead<UsageReport>("usage", ["usage"], `?days=${days}`, { every: EveryMs });
