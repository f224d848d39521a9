import { Activity, Database, FlaskConical, Inbox, ListChecks, MessagesSquare } from "lucide-react";

/** The areas of Studio, in the order of the rail. */
export const areas = [
  { path: "playground", name: "Playground", icon: MessagesSquare, key: "p" },
  { path: "connect", name: "Connect", icon: Database, key: "c" },
  { path: "approvals", name: "Approvals", icon: Inbox, key: "i" },
  { path: "tests", name: "Tests", icon: ListChecks, key: "t" },
  { path: "evals", name: "Evals", icon: FlaskConical, key: "e" },
  { path: "runs", name: "Runs", icon: Activity, key: "r" },
] as const;
