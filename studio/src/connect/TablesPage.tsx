import { useParams } from "react-router";
import { usePageTitle } from "../shell/usePageTitle";
import { Empty, Panel } from "../ui/Panels";
import { TableList } from "./TableList";
import { TablePage } from "./TablePage";

/** The tables by name, and one of them. A narrow page shows the one or the other. */
export default function TablesPage() {
  const { table } = useParams();
  usePageTitle(table ?? "Tables");
  return (
    <div className="flex min-h-0 flex-1">
      {!table && <h1 className="sr-only">Tables</h1>}
      <section aria-label="All tables" className={`flex min-h-0 shrink-0 flex-col border-line lg:w-72 lg:border-r ${table ? "max-lg:hidden" : "max-lg:flex-1"}`}>
        <TableList selected={table ?? null} />
      </section>
      <section aria-label={table ?? "Table"} className={`flex min-h-0 min-w-0 flex-1 flex-col ${table ? "" : "max-lg:hidden"}`}>
        {table ? (
          <Panel name="This table" resetKey={table}>
            <TablePage key={table} name={table} />
          </Panel>
        ) : (
          <Empty title="Choose a table.">
            <p>Its columns with what is in them, some rows, and what it can be joined with.</p>
          </Empty>
        )}
      </section>
    </div>
  );
}
