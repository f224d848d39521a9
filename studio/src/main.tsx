import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Navigate, RouterProvider, createBrowserRouter } from "react-router";
import { Problem, basePath } from "./api/client";
import { useStatus } from "./api/queries";
import { PlaygroundPage } from "./playground/PlaygroundPage";
import { AppShell } from "./shell/AppShell";
import { lazyPart } from "./shell/lazyPart";
import { NotFound } from "./shell/NotFound";
import { ErrorPanel } from "./ui/Panels";
import "./styles.css";

const ApprovalsPage = lazyPart(() => import("./approvals/ApprovalsPage"));
const ConnectPage = lazyPart(() => import("./connect/ConnectPage"));
const JobPage = lazyPart(() => import("./connect/JobPage"));
const QueryPage = lazyPart(() => import("./connect/QueryPage"));
const SearchPage = lazyPart(() => import("./connect/SearchPage"));
const SourcesPage = lazyPart(() => import("./connect/SourcesPage"));
const TablesPage = lazyPart(() => import("./connect/TablesPage"));
const ComparePage = lazyPart(() => import("./evals/ComparePage"));
const EvalPage = lazyPart(() => import("./evals/EvalPage"));
const EvalsPage = lazyPart(() => import("./evals/EvalsPage"));
const NewEvalPage = lazyPart(() => import("./evals/NewEvalPage"));
const TestsPage = lazyPart(() => import("./tests/TestsPage"));
const CompareRunsPage = lazyPart(() => import("./comparison/CompareRunsPage"));
const PlanPage = lazyPart(() => import("./plans/PlanPage"));
const RunsPage = lazyPart(() => import("./runs/RunsPage"));
const RunPage = lazyPart(() => import("./runs/RunPage"));
const UsagePage = lazyPart(() => import("./usage/UsagePage"));

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1000,
      refetchOnWindowFocus: true,
      // What the server refuses it refuses again.
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && !error.retryable),
    },
  },
});

const router = createBrowserRouter(
  [
    { path: "/", element: <Home /> },
    {
      path: "/w/:workspace",
      element: <AppShell />,
      children: [
        { index: true, element: <Navigate to="playground" replace /> },
        { path: "playground/:thread?", element: <PlaygroundPage /> },
        {
          path: "connect",
          element: <ConnectPage />,
          children: [
            { index: true, element: <SourcesPage /> },
            { path: "tables/:table?/:tab?", element: <TablesPage /> },
            { path: "search", element: <SearchPage /> },
            { path: "query", element: <QueryPage /> },
            { path: "jobs/:job", element: <JobPage /> },
            { path: "*", element: <NotFound /> },
          ],
        },
        { path: "approvals/:approval?", element: <ApprovalsPage /> },
        { path: "tests/:test?", element: <TestsPage /> },
        { path: "evals", element: <EvalsPage /> },
        { path: "evals/new", element: <NewEvalPage /> },
        { path: "evals/compare", element: <ComparePage /> },
        { path: "evals/:eval", element: <EvalPage /> },
        { path: "evals/:eval/cases/:case/samples/:sample", element: <EvalPage /> },
        { path: "runs", element: <RunsPage /> },
        { path: "runs/compare", element: <CompareRunsPage /> },
        { path: "runs/:run/:tab?", element: <RunPage /> },
        { path: "plans/:plan", element: <PlanPage /> },
        { path: "usage", element: <UsagePage /> },
        { path: "*", element: <NotFound /> },
      ],
    },
    { path: "*", element: <NotFound /> },
  ],
  { basename: basePath },
);

/** Goes to the app's default workspace. */
function Home() {
  const status = useStatus();
  if (status.data) return <Navigate to={`/w/${status.data.defaultWorkspace}/playground`} replace />;
  return status.isError ? <ErrorPanel error={status.error} what="Studio cannot be loaded." onRetry={() => void status.refetch()} /> : null;
}

// Answers are drawn without it until it is there, so it need not wait for the first of them.
window.addEventListener("load", () => void import("./ui/MarkdownRendered").catch(() => {}), { once: true });

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
