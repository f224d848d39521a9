// The figures, the filters, and the matrix of cases and samples.

const tile = (title, value, ...more) => node('div', { class: 'tile' }, node('h2', {}, title), node('div', { class: 'figure' }, value), more);
const note = (...text) => node('p', { class: 'note' }, ...text);

/** By k: the chance that one of k samples passes, and that all do. */
const repeats = ({ passAtK, passHatK }) => {
  const tries = Object.keys(passAtK).sort((a, b) => a - b);
  const line = (name, figures) => node('tr', {}, node('th', { scope: 'row' }, name), tries.map(k => node('td', {}, score(figures[k]))));
  return tries.length > 0 && node('table', { class: 'repeats' },
    node('tr', {}, node('th', { scope: 'row' }, 'k'), tries.map(k => node('th', { scope: 'col' }, k))), line('pass@k', passAtK), line('pass^k', passHatK));
};

const verdicts = {
  passed: ['passed', 'Passed', 'Every case passed.'],
  failed_quality: ['failed', 'Failed', 'Quality: not every case reached its threshold.'],
  failed_infrastructure: ['errored', 'Failed', 'Infrastructure: not every planned sample could be run and scored, so nothing is said of quality.'],
};

const tiles = ({ summary }) => {
  const { totals, passRate, latency, usage, judgeUsage } = summary;
  const [status, verdict, meaning] = verdicts[summary.verdict];
  const missing = [totals.errored && `${totals.errored} not run`, totals.unjudged && `${totals.unjudged} without a verdict`].filter(Boolean);
  return node('section', { class: 'tiles', 'aria-label': 'Summary' },
    tile('Verdict', badge(status, verdict), note(meaning)),
    tile('Cases passed', `${totals.passedCases} of ${totals.cases}`, bar(totals.cases ? totals.passedCases / totals.cases : 0)),
    passRate
      ? tile('Pass rate', percent(passRate.value), bar(passRate.value, passRate.lower, passRate.upper), note(`95 % interval ${+(passRate.lower * 100).toFixed(1)}–${percent(passRate.upper)}`))
      : tile('Pass rate', nothing),
    tile('Mean score', score(summary.aggregate), repeats(summary)),
    tile('Scored', `${totals.scored} of ${totals.planned}`, note('planned samples', missing.length ? `: ${missing.join(', ')}` : '')),
    tile('Cost', dollars(summary.costUsd), note('judges not included')),
    tile('Latency', latency ? duration(latency.p50Ms) : nothing, latency ? note(`median; 95 % within ${duration(latency.p95Ms)}`) : null),
    tile('Tokens', count(usage.totalTokens), note(`${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`,
      judgeUsage.totalTokens ? [node('br'), `judges ${count(judgeUsage.totalTokens)}`] : null)));
};

const components = ({ summary }) => node('section', { class: 'components', 'aria-label': 'Components' },
  Object.entries(summary.components).map(([name, value]) => node('div', {}, node('span', {}, words(name)), bar(value), node('b', {}, score(value)))));

const facts = report => fold('How it was run', () => {
  const { config, environment } = report;
  const rows = [
    ['Eval', report.evalRunId], ['Cases', `${report.datasetName} (${short(report.datasetHash)})`],
    ['Began', new Date(report.startedAt).toLocaleString()], ['Took', duration(new Date(report.endedAt) - new Date(report.startedAt))],
    ['Mode', `${words(config.mode)}${config.targetAgentId ? `, agent ${config.targetAgentId}` : ''}`],
    ['Samples', `${config.samplesPerCase} per case, ${config.concurrency} at once`],
    ['Thresholds', `sample ${score(config.passThreshold)}, case ${score(config.repeatThreshold)} (${words(config.aggregation)})`],
    ['Judge', config.model ?? 'none'], ['Approvals', config.approvals],
    ['Models', Object.entries(environment.models).map(([agent, model]) => `${agent}: ${model}`).join(', ')],
    ['Tenant', environment.tenant], ['Version', `Sluice ${environment.sluiceVersion}, ${environment.runtime}, ${environment.operatingSystem}`],
  ];
  return node('dl', {}, rows.map(([name, value]) => [node('dt', {}, name), node('dd', {}, value)]));
});

const caseStatus = row => row.passed ? 'passed' : row.score === undefined ? 'unscored' : 'failed';
const addressOf = (row, sample) => `#/case/${encodeURIComponent(row.id)}/${sample}`;
const cellText = cell => cell.status === 'errored' ? '!' : cell.status === 'unjudged' ? '?' : cell.score === 1 ? '1' : cell.score.toFixed(2).replace(/^0/, '');

const cellOf = (row, cell) => {
  const text = `Sample ${cell.sample}: ${statusText[cell.status]}${cell.score === undefined ? '' : `, score ${score(cell.score)}`}, ${duration(cell.latencyMs)}`;
  return node('a', { class: `cell ${cell.status}`, href: addressOf(row, cell.sample), title: text, 'aria-label': text }, cellText(cell));
};

const mostCells = 40;
const rowOf = row => {
  const status = caseStatus(row);
  return node('tr', {},
    node('th', { scope: 'row' },
      node('a', { href: addressOf(row, row.samples[0]?.sample ?? 1) }, row.id),
      row.tags.map(tag => node('span', { class: 'tag' }, tag)),
      node('p', { class: 'input' }, row.input)),
    node('td', {}, badge(status === 'unscored' ? 'errored' : status, status === 'unscored' ? 'no score' : status)),
    node('td', { class: 'number' }, score(row.score), node('span', { class: 'note' }, ` / ${score(row.repeatThreshold)}`)),
    node('td', {}, node('div', { class: 'cells' }, row.samples.slice(0, mostCells).map(cell => cellOf(row, cell)),
      row.samples.length > mostCells && node('a', { class: 'more', href: addressOf(row, row.samples[mostCells].sample) }, `and ${row.samples.length - mostCells} more`))));
};

/** The cases that pass the filters, a hundred rows at a time. */
class Matrix {
  static #step = 100;
  #body = node('tbody');
  #end = node('div', { class: 'end' });
  #rows = [];
  #shown = 0;
  #observer = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) this.#grow(); }, { rootMargin: '600px' });

  constructor() {
    this.element = node('div', { class: 'matrix' },
      node('table', {}, node('thead', {}, node('tr', {}, ['Case', 'Result', 'Score / needed', 'Samples'].map(head => node('th', { scope: 'col' }, head)))), this.#body), this.#end);
  }

  show(rows) {
    this.#rows = rows;
    this.#shown = 0;
    this.#body.replaceChildren();
    this.#grow();
  }

  #grow() {
    const next = this.#rows.slice(this.#shown, this.#shown + Matrix.#step);
    this.#shown += next.length;
    this.#body.append(...next.map(rowOf));
    this.#end.textContent = this.#rows.length === 0 ? 'No case passes these filters.' : '';
    // Observed anew, since one that stays in sight is not reported again.
    this.#observer.unobserve(this.#end);
    if (this.#shown < this.#rows.length) this.#observer.observe(this.#end);
  }
}

const choice = (label, options, changed) => node('label', {}, node('span', {}, label),
  node('select', { onchange: changed }, options.map(([value, text]) => node('option', { value }, text))));

class Filters {
  constructor(report, changed) {
    this.search = node('input', { type: 'search', placeholder: 'Id, input or tag', oninput: changed, 'aria-label': 'Search cases' });
    const tags = [...new Set(report.cases.flatMap(row => row.tags))].sort();
    const lacking = [...new Set(report.cases.flatMap(row => row.samples.flatMap(sample => sample.lacking)))];
    this.status = choice('Result', [['', 'all'], ['passed', 'passed'], ['failed', 'failed'], ['unscored', 'no score'], ['mixed', 'passed at times']], changed);
    this.tag = choice('Tag', [['', 'all'], ...tags.map(tag => [`=${tag}`, tag])], changed);
    this.component = choice('Lacking in', [['', 'anything'], ...lacking.map(name => [name, words(name)])], changed);
    this.count = node('output', {});
    this.element = node('section', { class: 'filters', 'aria-label': 'Filters' }, this.search, this.status, tags.length > 0 && this.tag, lacking.length > 0 && this.component, this.count);
  }

  apply(rows) {
    const value = label => label.querySelector('select').value;
    const [text, status, tag, component] = [this.search.value.trim().toLowerCase(), value(this.status), value(this.tag).slice(1), value(this.component)];
    const found = rows.filter(row =>
      (!text || [row.id, row.input, ...row.tags].some(part => part.toLowerCase().includes(text)))
      && (!status || (status === 'mixed' ? row.samples.some(s => s.status === 'passed') && row.samples.some(s => s.status !== 'passed') : caseStatus(row) === status))
      && (!tag || row.tags.includes(tag))
      && (!component || row.samples.some(sample => sample.lacking.includes(component))));
    this.count.textContent = `${count(found.length)} of ${count(rows.length)} cases`;
    return found;
  }
}
