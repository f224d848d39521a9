import type { RunEvent } from "./events";
import type { components } from "./schema";
import type * as api from "./types";

/**
 * The types of this page against those that are generated from the API's document. They are written by hand where the document cannot say what
 * they say: which members are left out when there is nothing, and what JSON is. A member that the API does not have is an error here.
 */
type Schemas = components["schemas"];

type KnownMembers<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs> extends never ? true : Exclude<keyof Ours, keyof Theirs>;

type KnownTypes = Exclude<RunEvent["type"], Schemas["RuntimeEvent"]["type"]> extends never ? true : false;

export const contract: [
  KnownTypes,
  KnownMembers<api.StudioStatus, Schemas["StudioStatus"]>,
  KnownMembers<api.WorkspaceInfo, Schemas["WorkspaceInfo"]>,
  KnownMembers<api.RuntimeInfo, Schemas["RuntimeInfo"]>,
  KnownMembers<api.AgentSummary, Schemas["AgentSummary"]>,
  KnownMembers<api.RunRecord, Schemas["RunRecord"]>,
  KnownMembers<api.RunSummary, Schemas["RunSummary"]>,
  KnownMembers<api.RunDetails, Schemas["RunDetails"]>,
  KnownMembers<api.ThreadSummary, Schemas["ThreadSummary"]>,
  KnownMembers<api.ThreadDetails, Schemas["ThreadDetails"]>,
  KnownMembers<api.StartedRun, Schemas["StartedRun"]>,
  KnownMembers<api.ApprovalRequest, Schemas["ApprovalRequest"]>,
  KnownMembers<api.ApprovalDecision, Schemas["ApprovalDecision"]>,
  KnownMembers<api.Decide, Schemas["Decide"]>,
  KnownMembers<api.ReferenceEnvelope, Schemas["ReferenceEnvelope"]>,
  KnownMembers<api.JournalLine, Schemas["JournalLine"]>,
  KnownMembers<api.AuditReport, Schemas["AuditReport"]>,
  KnownMembers<api.TraceSpan, Schemas["TraceSpan"]>,
  KnownMembers<api.Trace, Schemas["Trace"]>,
  KnownMembers<api.ErrorInfo, Schemas["ErrorInfo"]>,
  KnownMembers<api.TokenUsage, Schemas["TokenUsage"]>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
