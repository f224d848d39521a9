import { NavLink } from "react-router";
import { useWaiting, useWorkspaceKey } from "../api/queries";
import { areas } from "./areas";

/** The areas: at the left, and at the bottom of a narrow page. */
export function Rail() {
  const workspace = useWorkspaceKey();
  const waiting = useWaiting().data?.items.length ?? 0;
  return (
    <nav
      aria-label="Areas"
      className="flex shrink-0 border-line bg-bg max-sm:order-last max-sm:h-14 max-sm:justify-around max-sm:border-t sm:w-[76px] sm:flex-col sm:gap-1 sm:border-r sm:p-1.5"
    >
      {areas.map(({ path, name, icon: Icon }) => {
        const badge = path === "approvals" ? waiting : 0;
        return (
          <NavLink
            key={path}
            to={`/w/${workspace}/${path}`}
            className={({ isActive }) =>
              `relative flex flex-col items-center justify-center gap-0.5 rounded-lg px-2 py-1.5 text-[11px] font-medium max-sm:flex-1 ${
                isActive ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-text"
              }`
            }
          >
            <Icon className="size-[18px]" aria-hidden />
            {name}
            {badge > 0 && (
              <span className="num absolute top-0.5 left-1/2 ml-1.5 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 font-semibold text-on-accent">
                {badge > 99 ? "99+" : badge}
                <span className="sr-only"> waiting</span>
              </span>
            )}
          </NavLink>
        );
      })}
    </nav>
  );
}
