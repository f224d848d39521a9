import { Link } from "react-router";
import { Empty } from "../ui/Panels";
import { usePageTitle } from "./usePageTitle";

export function NotFound() {
  usePageTitle("Not found");
  return (
    <Empty title="There is no such page.">
      <Link to="/" className="text-accent underline">
        Go to the start
      </Link>
    </Empty>
  );
}
