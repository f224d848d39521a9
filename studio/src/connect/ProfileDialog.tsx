import { useState } from "react";
import { useNavigate } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { plural } from "../ui/format";
import type { DataSources } from "./data";
import { Check, DatabaseField, Failure, Field, input } from "./fields";
import { pathOf } from "./paths";
import { useStartProfile } from "./queries";

interface ProfileDialogProps {
  sources: DataSources;
  /** The tables; none: all. */
  tables: string[];
  onClose: () => void;
}

/** Asks how to profile, and begins. */
export function ProfileDialog({ sources, tables, onClose }: ProfileDialogProps) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const start = useStartProfile();
  const [databaseId, setDatabaseId] = useState(sources.databaseIds[0] ?? "main");
  const [sampleSize, setSampleSize] = useState("10000");
  const [schemaOnly, setSchemaOnly] = useState(false);
  const [force, setForce] = useState(tables.length > 0);
  const size = Number(sampleSize);
  const isSizeWrong = !Number.isInteger(size) || size < 100 || size > 1_000_000;
  const what = tables.length === 0 ? "all tables" : tables.length === 1 ? tables[0]! : plural(tables.length, "table");
  return (
    <Dialog title={`Profile ${what}`} description="Looks at the values and notes in the catalog what is in them. It only reads the database." isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSizeWrong) return;
          start.mutate({ databaseId, tables, sampleSize: size, schemaOnly, force }, { onSuccess: ({ id }) => void navigate(pathOf.job(workspace, id)) });
        }}
      >
        <DatabaseField known={sources.databaseIds} value={databaseId} onChange={setDatabaseId} />
        <Field label="Rows to sample of larger tables" id="sample-size" error={isSizeWrong ? "A whole number from 100 to 1,000,000." : null}>
          <input
            id="sample-size"
            inputMode="numeric"
            value={sampleSize}
            disabled={schemaOnly}
            aria-invalid={isSizeWrong}
            aria-describedby={isSizeWrong ? "sample-size-error" : undefined}
            onChange={(event) => setSampleSize(event.target.value)}
            className={`${input} num w-32`}
          />
        </Field>
        <Check label="Tables and columns only: read no rows" value={schemaOnly} onChange={setSchemaOnly} />
        <Check label="Also tables that have not changed since the last time" value={force} onChange={setForce} />
        {start.isError && <Failure error={start.error} />}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
          <Button kind="primary" type="submit" disabled={start.isPending || isSizeWrong}>
            Profile
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
