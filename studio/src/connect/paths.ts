/** The addresses of Connect's pages within a workspace. */
export const pathOf = {
  sources: (workspace: string) => `/w/${workspace}/connect`,
  tables: (workspace: string) => `/w/${workspace}/connect/tables`,
  table: (workspace: string, table: string, tab?: string) => `/w/${workspace}/connect/tables/${encodeURIComponent(table)}${tab ? `/${tab}` : ""}`,
  column: (workspace: string, table: string, column: string) => `/w/${workspace}/connect/tables/${encodeURIComponent(table)}?column=${encodeURIComponent(column)}`,
  search: (workspace: string, text = "") => `/w/${workspace}/connect/search${text && `?q=${encodeURIComponent(text)}`}`,
  query: (workspace: string, sql = "") => `/w/${workspace}/connect/query${sql && `?sql=${encodeURIComponent(sql)}`}`,
  job: (workspace: string, job: string) => `/w/${workspace}/connect/jobs/${job}`,
};
