import { Copy } from "lucide-react";
import { useMemo, useState } from "react";
import type { Json as JsonValue } from "../api/types";
import { Button, IconButton } from "./Button";
import { bytes } from "./format";
import { copy } from "./Panels";

const PreviewCharacters = 4000;
const MostCharacters = 200_000;

/** A value as indented JSON, its beginning alone while nobody asks for more. It scrolls by itself, unless it is all that its page shows. */
export function Json({ value, label, isPage = false }: { value: JsonValue; label: string; isPage?: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const text = useMemo(() => (typeof value === "string" ? value : JSON.stringify(value, null, 2)), [value]);
  const most = isWhole ? MostCharacters : PreviewCharacters;
  return (
    <div className="group relative">
      <pre tabIndex={0} aria-label={label} className={`scroll ${isPage ? "" : "max-h-96"} rounded-md bg-sunken p-2 pr-9 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap`}>
        {text.length > most ? `${text.slice(0, most)}…` : text}
      </pre>
      <IconButton
        label={`Copy ${label}`}
        icon={<Copy className="size-3.5" aria-hidden />}
        className="absolute top-1 right-1 bg-sunken"
        onClick={() => void copy(text, "Copied")}
      />
      {text.length > PreviewCharacters && !isWhole && (
        <Button kind="quiet" className="mt-1" onClick={() => setWhole(true)}>
          Show all {bytes(text.length)}
        </Button>
      )}
      {isWhole && text.length > MostCharacters && <p className="mt-1 text-muted">The rest is left out here: copy it to see it all.</p>}
    </div>
  );
}
