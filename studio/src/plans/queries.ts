import { useRead } from "../api/queries";
import type { ApprovalOutcome, JsonObject, StoredPlan } from "../api/types";

/** A version of a plan, with the answer from which it came. */
export interface PlanVersion {
  version: number;
  at: string;
  by?: string | null;
  body?: JsonObject | null;
  cause?: { approvalId: string; outcome: ApprovalOutcome; feedback?: string | null; decidedBy?: string | null; at: string } | null;
}

export const usePlan = (id: string) => useRead<StoredPlan>("plan", ["plans", id]);
export const usePlanVersions = (id: string) => useRead<PlanVersion[]>("plan-versions", ["plans", id, "versions"]);
