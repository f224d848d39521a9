import type { ErrorInfo, Json } from "../api/types";

export interface DataSources {
  database?: string | null;
  warnings: { code: string; message: string }[];
  workspaceId: string;
  isCatalogReadOnly: boolean;
  hasSearch: boolean;
  masksPersonalData: boolean;
  databaseIds: string[];
  entries: Record<string, number>;
}

export interface TableInfo {
  qualifiedName: string;
  name: string;
  kind?: string | null;
  rowCount?: number | null;
  description: string;
  tags: string[];
  primaryKey?: string[] | null;
  isCatalogued: boolean;
}

export interface TableList {
  items: TableInfo[];
  nextCursor?: string | null;
  total: number;
}

export interface Profile {
  rows: number;
  scannedRows: number;
  isSample: boolean;
  nullCount?: number | null;
  nullShare?: number | null;
  emptyCount?: number | null;
  blankCount?: number | null;
  distinctCount?: number | null;
  isDistinctEstimate?: boolean | null;
  min?: Json;
  max?: Json;
  mean?: Json;
  standardDeviation?: Json;
  quartiles?: Json[] | null;
  minLength?: number | null;
  maxLength?: number | null;
  meanLength?: Json;
  topValues?: { value: Json; count: number; share: number }[] | null;
  formats?: { format: string; share: number }[] | null;
  masks?: { mask: string; share: number }[] | null;
  storedTypes?: Record<string, number> | null;
  personalData?: string | null;
  isEnum?: boolean | null;
}

export interface ColumnInfo {
  name: string;
  type?: string | null;
  nullable?: boolean | null;
  isPrimaryKey: boolean;
  isUnique: boolean;
  description: string;
  tags: string[];
  profile?: Profile | null;
}

export interface RelationInfo {
  from: string;
  fromColumns: string[];
  to: string;
  toColumns: string[];
  origin: string;
  cardinality: string;
  orphanRate?: number | null;
  confidence?: number | null;
}

export interface CatalogEntry {
  id: string;
  itemType: string;
  name: string;
  qualifiedName: string;
  content: string;
  tags: string[];
  metadata: {
    databaseId?: string | null;
    schemaName?: string | null;
    tableName?: string | null;
    columnName?: string | null;
    documentId?: string | null;
    extra?: Record<string, Json> | null;
  };
}

export interface TableDetails {
  table: TableInfo;
  columns: ColumnInfo[];
  relations: RelationInfo[];
  findings: CatalogEntry[];
}

export interface SearchHit {
  entry: CatalogEntry;
  score: number;
  reasons: string[];
  parts: SearchHit[];
}

export interface SearchResult {
  candidates: SearchHit[];
  related: { table: string; candidate: string; on: string[]; origin: string }[];
  nextCursor?: string | null;
  elsewhere: string[];
}

export interface QueryResult {
  columns: { name: string; type?: string | null }[];
  rows: Json[][];
  rowCount: number;
  truncatedBy?: string | null;
  elapsedMs: number;
  queryHash: string;
  masked: string[];
}

export interface JobInfo {
  id: string;
  kind: string;
  state: "running" | "completed" | "failed" | "cancelled";
  startedAt: string;
  endedAt?: string | null;
  lastSequence: number;
  error?: ErrorInfo | null;
}
