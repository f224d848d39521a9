import { memo, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

const plugins = [remarkGfm];

/** No HTML is taken over, nothing is loaded from elsewhere, and links say where they lead. */
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {children}
    </a>
  ),
  img: ({ src, alt }) => <span className="text-muted">[image: {alt || String(src ?? "")}]</span>,
  // Models leave levels out, and the page has headings of its own above: all of theirs are of one level.
  h1: ({ children }) => <h3 data-level={1}>{children}</h3>,
  h2: ({ children }) => <h3 data-level={2}>{children}</h3>,
  h3: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
  table: ({ children }) => <table tabIndex={0}>{children}</table>,
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};

/** Markdown by its blocks: while text streams in only the last one is parsed again. */
export default function MarkdownRendered({ text }: { text: string }) {
  const blocks = useMemo(() => split(text), [text]);
  return blocks.map((block, index) => <Block key={index} text={block} />);
}

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} skipHtml>
      {text}
    </ReactMarkdown>
  );
});

/** Parts at blank lines, where these are between blocks: not within a fence or a list, nor where references are defined. */
function split(text: string): string[] {
  if (/^\s*\[[^\]]+\]:/m.test(text)) return [text];
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === null || (line.trim() === mark && mark.startsWith(fence)))) fence = fence === null ? mark : null;
    const continues = /^(\s|[-*+] |\d+[.)] |>|\|)/.test(line);
    if (fence === null && !mark && line.trim() !== "" && !continues && current.at(-1)?.trim() === "") {
      blocks.push(current.join("\n"));
      current = [];
    }
    current.push(line);
  }
  blocks.push(current.join("\n"));
  return blocks;
}
