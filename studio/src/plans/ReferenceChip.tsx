import { Link2 } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useReference, useReferenceValue } from "../api/queries";
import type { Json as JsonValue, ReferenceHandle } from "../api/types";
import { Button } from "../ui/Button";
import { bytes, words } from "../ui/format";
import { Json } from "../ui/Json";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { asArray, asObject, inline } from "./plan";

const MostCharacters = 400;

interface ReferenceChipProps {
  handle: ReferenceHandle;
  /** What is known of the value already. */
  glimpse?: JsonValue | undefined;
}

/** A stored value by its kind and what it is about; its glimpse opens on demand. */
export function ReferenceChip({ handle, glimpse }: ReferenceChipProps) {
  const [isOpen, setOpen] = useState(false);
  const about = asObject(glimpse)["about"];
  const label = typeof about === "string" ? about : handle.kind;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="inline-flex h-6 max-w-full items-center gap-1 rounded-full border border-line bg-accent-soft px-2 text-xs font-medium text-accent hover:border-edge">
        <Link2 className="size-3 shrink-0" aria-hidden />
        <span className="truncate">{label}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content sideOffset={4} collisionPadding={8} aria-label={`${handle.kind} ${handle.id}`} className="scroll z-50 max-h-[min(60vh,var(--radix-popover-content-available-height))] w-96 max-w-[calc(100vw-16px)] rounded-lg border border-line bg-surface p-3 shadow-over">
          {isOpen && <Glimpse handle={handle} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Glimpse({ handle }: { handle: ReferenceHandle }) {
  const [wantsValue, setWantsValue] = useState(false);
  const reference = useReference(handle.kind, handle.id, true);
  const value = useReferenceValue(handle.kind, handle.id, wantsValue);
  if (reference.isError) return <ErrorPanel error={reference.error} what="This reference cannot be read." onRetry={() => void reference.refetch()} />;
  if (!reference.data) return <Skeleton rows={3} height={14} />;
  return (
    <>
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-semibold">{reference.data.kind}</span>
        <span className="text-xs text-muted">{bytes(reference.data.bytes)}</span>
      </p>
      <Facts value={reference.data.glimpse} />
      <p className="mt-2 font-mono text-xs break-all text-muted">{handle.id}</p>
      {value.isError && <ErrorPanel error={value.error} what="The value cannot be read." />}
      {value.data !== undefined ? (
        <Json value={value.data} label="value" />
      ) : (
        <Button className="mt-2" onClick={() => setWantsValue(true)} disabled={value.isFetching}>
          Show the whole value
        </Button>
      )}
    </>
  );
}

/** The members of an object as a list; anything else as it is. */
export function Facts({ value }: { value: JsonValue }) {
  const members = Object.entries(asObject(value));
  if (members.length === 0) return <p className="mt-1 break-words">{short(value)}</p>;
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
      {members.map(([name, member]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{words(name)}</dt>
          <dd className="num min-w-0 break-words">
            {Array.isArray(member) ? asArray(member).slice(0, 12).map((item, index) => <div key={index}>{short(item)}</div>) : short(member)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The begin of what may be long: all of it is one click away. */
function short(value: JsonValue): string {
  const text = inline(value);
  return text.length > MostCharacters ? `${text.slice(0, MostCharacters)}…` : text;
}
