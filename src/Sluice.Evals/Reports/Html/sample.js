// One sample: its scores, what was expected beside what was done, and what was recorded.

const valueOf = (value, title) => value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  ? node('span', { class: 'part' }, title)
  : fold([title, ' ', node('code', { class: 'brief' }, brief(value))], () => block(pretty(value)));

const named = name => node('code', { class: 'name' }, name);

const pair = (mark, kind, expected, actual) => node('div', { class: `pair ${kind}` },
  node('span', { class: 'mark', title: kind }, mark), node('div', {}, expected ?? node('span', { class: 'absent' }, nothing)),
  node('div', {}, actual ?? node('span', { class: 'absent' }, nothing)));

const pairs = rows => node('div', { class: 'pairs' },
  node('div', { class: 'pair heads' }, node('span'), node('div', {}, 'Expected'), node('div', {}, 'Actual')),
  rows.length ? rows : node('p', { class: 'note' }, 'Nothing was expected, and nothing was done.'));

/** Rows in the order of what was done; what is missing stands before what it was to come before. */
const aligned = ({ matched, missing }, actualCount, make) => {
  const expectedOf = new Map(matched.map(match => [match.actual, match.expected]));
  const waiting = [...missing].sort((a, b) => a - b);
  const rows = [];
  for (let place = 0; place < actualCount; place++) {
    const expected = expectedOf.get(place);
    if (expected === undefined) {
      rows.push(make.unexpected(place));
      continue;
    }
    while (waiting.length && waiting[0] < expected) rows.push(make.missing(waiting.shift()));
    rows.push(make.matched(expected, place));
  }
  return [...rows, ...waiting.map(make.missing)];
};

const expectedCall = call => [
  valueOf(call.arguments, named(call.name)),
  call.arguments && call.argumentMatch !== 'exact' && node('span', { class: 'tag' }, call.argumentMatch),
  call.parallel && node('span', { class: 'tag' }, 'parallel'),
];
const actualCall = call => valueOf(call.arguments, [named(call.name), call.error && node('span', { class: 'tag bad' }, call.error.code)]);

const trajectory = (details, testCase) => {
  const expected = testCase.expectedTrajectory ?? [];
  const mayMiss = details.mode === 'subset';
  const mayAdd = details.mode === 'superset' || details.mode === 'subsequence';
  const rows = aligned(details, details.compared.length, {
    matched: (e, a) => pair('✓', 'matched', expected[e] && expectedCall(expected[e]), actualCall(details.compared[a])),
    missing: e => pair(mayMiss ? '·' : '−', mayMiss ? 'allowed' : 'missing', expected[e] && expectedCall(expected[e]), null),
    unexpected: a => pair(mayAdd ? '·' : '+', mayAdd ? 'allowed' : 'unexpected', null, actualCall(details.compared[a])),
  });
  return [
    note(`Compared as ${details.mode}; precision ${score(details.precision)}, recall ${score(details.recall)}, F1 ${score(details.f1)}`),
    details.outOfOrder && note('The calls are there, in another order than expected.'), details.problems?.map(problem => note(problem)), pairs(rows),
  ];
};

const differingLines = (left, right) => {
  const [a, b] = [left.split('\n'), right.split('\n')];
  if (a.length * b.length > 250000) return [new Set(), new Set()];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const [onlyA, onlyB] = [new Set(a.keys()), new Set(b.keys())];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { onlyA.delete(i++); onlyB.delete(j++); }
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return [onlyA, onlyB];
};

const payload = (action, differing) => [named(action.kind),
  node('pre', {}, cut(pretty(action.payload)).split('\n').map((line, place) => node('span', { class: differing?.has(place) ? 'differs' : null }, line, '\n')))];

const differingActions = (expected, actual) => {
  const [left, right] = differingLines(pretty(expected.payload), pretty(actual.payload));
  return pair('≠', 'differing', payload(expected, left), payload(actual, right));
};

/** Each missing action stands beside an unexpected one of its kind, where there is one. */
const actions = (details, expected, actual) => {
  const left = details.unexpected.filter(place => actual[place]);
  const rows = details.matched.filter(match => expected[match.expected] && actual[match.actual])
    .map(match => pair('✓', 'matched', valueOf(expected[match.expected].payload, named(expected[match.expected].kind)), valueOf(actual[match.actual].payload, named(actual[match.actual].kind))));
  for (const place of details.missing.filter(place => expected[place])) {
    const near = left.findIndex(other => actual[other].kind === expected[place].kind);
    rows.push(near < 0 ? pair('−', 'missing', payload(expected[place]), null) : differingActions(expected[place], actual[left.splice(near, 1)[0]]));
  }
  rows.push(...left.map(place => pair('+', 'unexpected', null, payload(actual[place]))));
  return [pairs(rows), details.differences?.length > 0 && node('ul', { class: 'note' }, details.differences.map(line => node('li', {}, line)))];
};

const verdict = found => found && fold([`judge ${found.model ?? ''}, ${found.calls} ${found.calls === 1 ? 'call' : 'calls'}`], () => node('div', {},
  node('dl', {}, [['Verdict', words(found.status)], ['Reason', found.reason], ['Error', found.errorKind], ['Tokens', count(found.usage.totalTokens)],
    ['Prompt', found.promptHash], ['Context', found.contextHash]].filter(([, value]) => value).map(([name, value]) => [node('dt', {}, name), node('dd', {}, value)])),
  found.trace && block(pretty(found.trace))));

const answer = (details, testCase) => {
  const types = new Map((testCase.finalResponse?.scorers ?? []).map(scorer => [scorer.id, scorer]));
  return [
    note(`Weighted mean ${score(details.rawScore)}, needed ${score(testCase.finalResponse?.passThreshold)}`,
      details.failedRequired !== undefined && ['; required scorer ', named(details.failedRequired), ' failed, so the score is 0']),
    node('ul', { class: 'scorers' }, details.scorers.map(scorer => node('li', {},
      scorer.status === 'scored' ? badge(scorer.score === 1 ? 'passed' : 'failed') : badge('unjudged', words(scorer.status)),
      ' ', named(scorer.id), ' ', types.get(scorer.id) && node('span', { class: 'tag' }, words(types.get(scorer.id).type)),
      types.get(scorer.id)?.required && node('span', { class: 'tag' }, 'required'), note(`weight ${percent(scorer.weight)}`),
      scorer.reason && node('p', {}, scorer.reason), verdict(scorer.verdict)))),
  ];
};

const component = (part, testCase, output) => node('section', { class: 'component' },
  node('h3', {}, words(part.component), ' ', node('b', { class: part.score === 1 ? 'good' : 'bad' }, score(part.score)), node('span', { class: 'note' }, ` weight ${percent(part.weight)}`)),
  part.trajectory && trajectory(part.trajectory, testCase),
  part.actions && (part.component === 'planned_actions'
    ? actions(part.actions, testCase.expectedActions?.planned ?? [], output?.plannedActions ?? [])
    : actions(part.actions, testCase.expectedActions?.executed ?? [], output?.executedActions ?? [])),
  part.response && answer(part.response, testCase));

const calls = made => table([number('Turn'), 'Agent', 'Call', 'Result', number('Time')], made.map(call => [
  call.turn || '', [call.depth > 0 && node('span', { class: 'depth' }, '↳ '.repeat(Math.min(call.depth, 6))), call.agent ?? ''], valueOf(call.arguments, named(call.name)),
  call.error ? node('span', { class: 'bad' }, `${call.error.code}: ${call.error.message}`) : call.result === undefined ? '' : valueOf(call.result, ''), duration(call.durationMs),
]), 'calls');

const invocations = made => table(['Agent', 'Model', number('In'), number('Out'), number('Cost'), number('Time'), 'Ended by'], made.map(call => [
  call.agent, call.model ?? nothing, count(call.usage.inputTokens), count(call.usage.outputTokens), dollars(call.costUsd), duration(call.latencyMs), words(call.finishReason ?? nothing),
]));

const sampleStatus = sample => !sample.scores ? 'errored' : sample.scores.status !== 'scored' ? 'unjudged' : sample.scores.passed ? 'passed' : 'failed';

const sampleParts = (testCase, sample, threshold) => {
  const output = sample.output;
  const recorded = output?.trajectory ?? [];
  return [
    node('dl', { class: 'facts' }, [
      ['Result', badge(sampleStatus(sample))], ['Score', [score(sample.scores?.score), node('span', { class: 'note' }, ` / ${score(threshold)}`)]], ['Time', duration(sample.latencyMs)],
      ['Cost', dollars(sample.costUsd)], ['Tokens', count(sample.usage.totalTokens)], ['Began', new Date(sample.startedAt).toLocaleString()],
      sample.traceId && ['Trace', node('code', {}, sample.traceId)], sample.threadId && ['Thread', node('code', {}, sample.threadId)],
    ].filter(Boolean).map(([name, value]) => node('div', {}, node('dt', {}, name), node('dd', {}, value)))),
    sample.error && node('section', { class: 'error', role: 'note' }, node('b', {}, sample.error.code), ' ', sample.error.message),
    sample.scores?.components.map(part => component(part, testCase, output)),
    output?.response !== undefined && node('section', {}, node('h3', {}, 'Answer'), prose(output.response)),
    node('section', {}, fold(node('h3', {}, `Tool calls (${recorded.length})`), () => calls(recorded))),
    output && !sample.scores && [['Planned actions', output.plannedActions], ['Executed actions', output.executedActions]].filter(([, made]) => made.length)
      .map(([title, made]) => node('section', {}, node('h3', {}, title), made.map(action => payload(action)))),
    node('section', {}, fold(node('h3', {}, `Model calls (${sample.modelInvocations.length})`), () => invocations(sample.modelInvocations))),
  ];
};
