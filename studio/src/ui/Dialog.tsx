import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./Button";

interface DialogProps {
  title: string;
  description?: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A question or sheet over the page: keeps the focus, gives it back, closes with Escape. */
export function Dialog({ title, description, isOpen, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className="scroll fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 rounded-xl border border-line bg-surface p-4 shadow-over"
        >
          <div className="flex items-start justify-between gap-3">
            <div>
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X className="size-4" aria-hidden />} />
            </Radix.Close>
          </div>
          <div className="mt-3">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
