import { useNavigate } from "react-router";
import { useState } from "react";
import { useWorkspaceKey } from "../api/queries";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { useKept } from "../ui/useKept";
import type { DataSources } from "./data";
import { Check, DatabaseField, Failure, Field, input } from "./fields";
import { pathOf } from "./paths";
import { useStartIngestion } from "./queries";

/** Asks which documents to read into the catalog, and begins. */
export function IngestDialog({ sources, onClose }: { sources: DataSources; onClose: () => void }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const start = useStartIngestion();
  const [directory, setDirectory] = useKept(`ingest:${workspace}`, "");
  const [databaseId, setDatabaseId] = useState(sources.databaseIds[0] ?? "main");
  const [extensions, setExtensions] = useState("md, txt");
  const [removeMissing, setRemoveMissing] = useState(false);
  const endings = extensions.split(/[\s,]+/).map((ending) => ending.replace(/^\./, "")).filter(Boolean);
  return (
    <Dialog title="Ingest documents" description="Reads the documents of a folder, so that agents find what they say. Unchanged ones are passed over." isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ directory, databaseId, extensions: endings, removeMissing }, { onSuccess: ({ id }) => void navigate(pathOf.job(workspace, id)) });
        }}
      >
        <Field label="Folder, on the machine that serves Studio" id="directory" error={null}>
          <input id="directory" value={directory} placeholder="/home/me/shop/docs" onChange={(event) => setDirectory(event.target.value)} className={`${input} w-full font-mono text-xs`} />
        </Field>
        <DatabaseField known={sources.databaseIds} value={databaseId} onChange={setDatabaseId} />
        <Field label="Files that end with" id="extensions" error={endings.length === 0 ? "At least one ending, such as md." : null}>
          <input id="extensions" value={extensions} onChange={(event) => setExtensions(event.target.value)} className={`${input} w-48`} />
        </Field>
        <Check label="Remove documents whose files are gone" value={removeMissing} onChange={setRemoveMissing} />
        {start.isError && <Failure error={start.error} />}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
          <Button kind="primary" type="submit" disabled={start.isPending || directory.trim() === "" || endings.length === 0}>
            Ingest
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
