import { Suspense, memo } from "react";
import { lazyPart } from "../shell/lazyPart";

const Rendered = lazyPart(() => import("./MarkdownRendered"));

/** Text that a model wrote. Until the renderer is there, and whatever happens to it, the text itself is. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown min-w-0 text-base leading-relaxed break-words">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
});
