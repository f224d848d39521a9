import { useEffect, useRef, useState } from "react";

const SlackPx = 40;

/** Keeps the end of what grows in view, but only for who looks at the end already. */
export function useStickToBottom() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasMore, setHasMore] = useState(false);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (!outer || !inner) return;
    const onScroll = () => {
      isAtEnd.current = outer.scrollHeight - outer.scrollTop - outer.clientHeight < SlackPx;
      if (isAtEnd.current) setHasMore(false);
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) outer.scrollTop = outer.scrollHeight;
      else setHasMore(outer.scrollHeight - outer.scrollTop - outer.clientHeight > SlackPx);
    });
    outer.addEventListener("scroll", onScroll, { passive: true });
    observer.observe(inner);
    observer.observe(outer);
    return () => {
      outer.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, []);

  const toEnd = () => {
    isAtEnd.current = true;
    setHasMore(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  return { scroller, content, hasMore, toEnd };
}
