import { Check, CircleSlash, Minus, PenLine, Plus } from "lucide-react";
import type { Json as JsonValue } from "../api/types";
import { words } from "../ui/format";
import { align, written, type Line } from "./align";
import { Mark } from "./Mark";
import { componentNames, percent, score } from "./outcome";
import { TextDiff } from "../diff/TextDiff";
import type { ComponentScore, EvalAction, ExpectedCall, SampleOutput, ScoredSample, ScorerResult, TestCase, TrajectoryCall } from "./types";

/** What each part of a sample scored and why, with all that was expected beside all that came. */
export function Scores({ testCase, scores, output }: { testCase: TestCase; scores: ScoredSample; output: SampleOutput | null }) {
  return (
    <div className="flex flex-col gap-3">
      {scores.components.map((component) => (
        <Component key={component.component} component={component} testCase={testCase} output={output} />
      ))}
    </div>
  );
}

function Component({ component, testCase, output }: { component: ComponentScore; testCase: TestCase; output: SampleOutput | null }) {
  const name = componentNames[component.component] ?? words(component.component);
  const isUnscored = typeof component.score !== "number";
  return (
    <section aria-label={`${name}, scored`} className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-1.5">
        <h3 className="font-medium">{name}</h3>
        <Mark of={isUnscored ? "unscored" : component.score === 1 ? "passed" : "failed"} label={isUnscored ? "not scored" : `score ${score(component.score)}`} />
        <span className="num ml-auto text-xs text-muted">{percent(component.weight)} of the sample</span>
      </header>
      <div className="px-3 py-2">
        {component.trajectory && <Calls testCase={testCase} details={component.trajectory} />}
        {component.actions && (
          <Actions
            expected={(component.component === "planned_actions" ? testCase.expectedActions?.planned : testCase.expectedActions?.executed) ?? []}
            actual={(component.component === "planned_actions" ? output?.plannedActions : output?.executedActions) ?? []}
            details={component.actions}
          />
        )}
        {component.response && <Answer details={component.response} testCase={testCase} output={output} />}
      </div>
    </section>
  );
}

function Calls({ testCase, details }: { testCase: TestCase; details: NonNullable<ComponentScore["trajectory"]> }) {
  const expected = (testCase.expectedTrajectory ?? []).map(toCall);
  const actual = details.compared.map(toCall);
  const lines = align<ExpectedCall, TrajectoryCall>(expected, actual, details, ({ name }) => name);
  const mayMiss = details.mode === "subset";
  const mayAdd = details.mode === "superset" || details.mode === "subsequence";
  return (
    <>
      <p className="mb-1.5 text-xs text-muted">{modeMeanings[details.mode]}</p>
      <ol className="flex flex-col">
        {lines.map((line, index) => (
          <DiffLine
            key={index}
            line={line}
            isAllowed={(line.kind === "missing" && mayMiss) || (line.kind === "extra" && mayAdd)}
            name={(line.expected ?? line.actual)!.name}
            agent={line.actual?.agent ?? null}
            before={line.expected?.arguments}
            after={line.actual?.arguments}
          />
        ))}
      </ol>
      {lines.length === 0 && <p className="text-muted">No tool was to be called, and none was.</p>}
      {details.outOfOrder && <p className="mt-1.5 text-bad">The calls are right, their order is not.</p>}
      {details.problems.map((problem) => (
        <p key={problem} className="mt-1.5 text-bad">
          {problem}
        </p>
      ))}
    </>
  );
}

export const modeMeanings = {
  strict: "The same calls in the same order.",
  unordered: "The same calls, in any order.",
  subset: "Only calls that are listed; none of them has to be made.",
  superset: "All calls that are listed, in any order; others may be made too.",
  subsequence: "All calls that are listed, in their order; others may be made between them.",
} as const;

function Actions({ expected, actual, details }: { expected: EvalAction[]; actual: EvalAction[]; details: NonNullable<ComponentScore["actions"]> }) {
  const lines = align<EvalAction, EvalAction>(expected, actual, details, ({ kind }) => kind);
  return (
    <>
      <ol className="flex flex-col">
        {lines.map((line, index) => (
          <DiffLine key={index} line={line} isAllowed={false} name={(line.expected ?? line.actual)!.kind} agent={null} before={line.expected?.payload} after={line.actual?.payload} />
        ))}
      </ol>
      {lines.length === 0 && <p className="text-muted">Nothing was to be done, and nothing was.</p>}
      {details.differences.map((difference) => (
        <p key={difference} className="mt-1 text-xs break-words text-muted">
          {difference}
        </p>
      ))}
    </>
  );
}

const lineLooks = {
  match: { icon: Check, word: "as expected", text: "text-good" },
  changed: { icon: PenLine, word: "other values", text: "text-bad" },
  missing: { icon: Minus, word: "missing", text: "text-bad" },
  extra: { icon: Plus, word: "unexpected", text: "text-bad" },
  allowed: { icon: CircleSlash, word: "allowed", text: "text-muted" },
} as const;

interface DiffLineProps {
  line: Line<unknown, unknown>;
  isAllowed: boolean;
  name: string;
  agent: string | null;
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}

function DiffLine({ line, isAllowed, name, agent, before, after }: DiffLineProps) {
  const { icon: Icon, word, text } = lineLooks[isAllowed ? "allowed" : line.kind];
  const shown = line.kind === "missing" ? written(before) : written(after);
  return (
    <li data-state={line.kind} className="border-b border-line py-1 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Icon className={`size-3.5 shrink-0 self-center ${text}`} aria-hidden />
        <code className="font-mono text-xs font-medium break-all">{name}</code>
        {agent && <span className="text-xs text-muted">{agent}</span>}
        <span className={`ml-auto text-xs ${text}`}>{isAllowed && line.kind === "missing" ? "not made, allowed" : word}</span>
      </div>
      {line.kind === "changed" ? (
        <div className="mt-0.5 pl-5.5">
          <TextDiff before={written(before)} after={written(after)} isMono />
        </div>
      ) : (
        shown !== "" && shown !== "{}" && <pre className="mt-0.5 pl-5.5 font-mono text-xs break-words whitespace-pre-wrap text-muted">{shown}</pre>
      )}
    </li>
  );
}

function Answer({ details, testCase, output }: { details: NonNullable<ComponentScore["response"]>; testCase: TestCase; output: SampleOutput | null }) {
  return (
    <>
      {details.failedRequired && <p className="mb-1.5 text-bad">The scorer ‘{details.failedRequired}’ is required and failed: the answer scores 0.</p>}
      <ul className="flex flex-col">
        {details.scorers.map((result) => (
          <ScorerLine key={result.id} result={result} testCase={testCase} answer={output?.response ?? ""} />
        ))}
      </ul>
      <p className="num mt-1.5 text-xs text-muted">Answers count as good from {score(testCase.finalResponse?.passThreshold ?? DefaultThreshold)} on.</p>
    </>
  );
}

const DefaultThreshold = 0.7;

function ScorerLine({ result, testCase, answer }: { result: ScorerResult; testCase: TestCase; answer: string }) {
  const scorer = testCase.finalResponse?.scorers.find(({ id }) => id === result.id);
  const isUnscored = result.status !== "scored";
  const expected = scorer?.type === "exact" ? scorer["text"] : scorer?.type === "judge" ? scorer["reference"] : null;
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2">
        <Mark of={isUnscored ? "unscored" : result.score === 1 ? "passed" : "failed"} />
        <span className="font-medium break-all">{result.id}</span>
        {scorer && <span className="text-xs text-muted">{words(scorer.type)}</span>}
        {scorer?.required && <span className="text-xs text-muted">required</span>}
        <span className="num ml-auto text-xs text-muted">{percent(result.weight)}</span>
      </div>
      {result.reason && <p className="mt-0.5 break-words">{result.reason}</p>}
      {result.verdict?.reason && result.verdict.reason !== result.reason && <p className="mt-0.5 break-words">{result.verdict.reason}</p>}
      {result.verdict?.model && <p className="text-xs text-muted">judged by {result.verdict.model}</p>}
      {result.verdict?.trace != null && (
        <details className="mt-1">
          <summary className="text-xs text-muted">What the judge was asked and said</summary>
          <pre tabIndex={0} className="scroll mt-1 max-h-72 rounded-md bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
            {JSON.stringify(result.verdict.trace, null, 2)}
          </pre>
        </details>
      )}
      {typeof expected === "string" && expected.trim() !== answer.trim() && (
        <div className="mt-1.5 rounded-md bg-sunken p-2">
          <p className="mb-1 text-xs text-muted">The expected answer against the given one</p>
          <TextDiff before={expected} after={answer} />
        </div>
      )}
    </li>
  );
}

function toCall<T extends { name: string }>(call: T | string): T {
  return typeof call === "string" ? ({ name: call } as T) : call;
}
