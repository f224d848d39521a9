import { useState } from "react";
import { Dialog } from "../ui/Dialog";
import { modKey, setSingleKeys, singleKeysAreOn, useShortcuts } from "./keys";

/** What keys do on the page that is open. */
export function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const shortcuts = useShortcuts();
  const [isOn, setOn] = useState(singleKeysAreOn);
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <Dialog title="Keyboard" description="What keys do on this page. They do nothing while you type." isOpen={isOpen} onClose={onClose}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-semibold text-muted">{group}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, does }) => (
                  <div key={keys} className="flex items-center justify-between gap-3 py-0.5">
                    <dt>{does}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="mt-4 flex items-center gap-2 border-t border-line pt-3">
        <input
          type="checkbox"
          checked={isOn}
          className="accent-accent"
          onChange={(event) => {
            setOn(event.target.checked);
            setSingleKeys(event.target.checked);
          }}
        />
        Keys without {modKey} do something
      </label>
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(" ").map((key, index) => (
        <kbd key={index} className="rounded border border-line bg-sunken px-1.5 font-mono text-xs">
          {key.replace("mod+", `${modKey} `).replace("shift+", "⇧ ")}
        </kbd>
      ))}
    </span>
  );
}
