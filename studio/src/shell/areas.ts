import { Activity, Inbox, MessagesSquare } from "lucide-react";

/** The areas of Studio, in the order of the rail. */
export const areas = [
  { path: "playground", name: "Playground", icon: MessagesSquare, key: "p" },
  { path: "approvals", name: "Approvals", icon: Inbox, key: "i" },
  { path: "runs", name: "Runs", icon: Activity, key: "r" },
] as const;
