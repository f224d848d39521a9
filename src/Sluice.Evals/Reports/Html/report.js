// What the page shows: the overview, or the sample that the address names.

const report = read('overview');
const [overview, detail] = [document.getElementById('overview'), document.getElementById('detail')];
const placeOf = new Map(report.cases.map((row, place) => [row.id, place]));
let shown = report.cases;
let open = null;
let scrolled = 0;

const theme = {
  names: ['auto', 'light', 'dark'],
  get: () => document.documentElement.dataset.theme ?? 'auto',
  set(name) {
    if (name === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    // Pages from files may not be allowed to remember.
    try { localStorage.setItem('sluice-theme', name); } catch { /* Then they do not. */ }
  },
  saved() {
    try { return localStorage.getItem('sluice-theme'); } catch { return null; }
  },
};

const header = () => {
  const themes = node('select', { 'aria-label': 'Colours', onchange: event => theme.set(event.target.value) }, theme.names.map(name => node('option', { value: name }, name)));
  if (theme.names.includes(theme.saved())) theme.set(theme.saved());
  themes.value = theme.get();
  const [status, verdict] = verdicts[report.summary.verdict];
  document.getElementById('top').append(node('h1', {}, node('a', { href: '#/' }, report.datasetName)), badge(status, verdict),
    node('span', { class: 'note' }, report.evalRunId), node('label', { class: 'theme' }, node('span', {}, 'Colours'), themes));
};

const showSample = (place, sampleNumber) => {
  const row = report.cases[place];
  const result = read(`case-${place}`);
  const sample = result.samples.find(candidate => candidate.sample === sampleNumber) ?? result.samples[0];
  const status = caseStatus(row);
  open = { place, sample: sample?.sample };
  detail.replaceChildren(
    node('nav', { 'aria-label': 'Case' }, node('a', { href: '#/', class: 'back' }, '← All cases'), node('span', { class: 'steps' }, step(-1, 'Previous case'), step(1, 'Next case'))),
    node('h2', { tabindex: '-1' }, row.id),
    node('p', { class: 'about' }, badge(status === 'unscored' ? 'errored' : status, status === 'unscored' ? 'no score' : status),
      ` score ${score(row.score)}, needed ${score(row.repeatThreshold)} `, row.tags.map(tag => node('span', { class: 'tag' }, tag))),
    node('section', { class: 'asked' }, node('h3', {}, 'Input'), prose(result.case.input)),
    ...[['Context', result.case.context], ['Script', result.case.script]].filter(([, value]) => value !== undefined).map(([title, value]) => fold(title, () => block(pretty(value)))),
    node('div', { class: 'cells samples', role: 'group', 'aria-label': 'Samples' }, row.samples.map(cell => {
      const made = cellOf(row, cell);
      if (cell.sample === open.sample) made.setAttribute('aria-current', 'true');
      return made;
    })),
    ...(sample ? [node('h2', {}, `Sample ${sample.sample}`), ...sampleParts(result.case, sample, report.config.passThreshold).flat(Infinity).filter(Boolean)] : [note('No sample was run.')]));
};

/** The case before or after the open one, among those that pass the filters. */
const neighbour = by => {
  const rows = shown.includes(report.cases[open.place]) ? shown : report.cases;
  return rows[rows.indexOf(report.cases[open.place]) + by];
};
const step = (by, text) => {
  const next = neighbour(by);
  return next && node('a', { href: addressOf(next, next.samples[0]?.sample ?? 1), title: next.id }, text);
};

const route = () => {
  const [, id, sample] = /^#\/case\/([^/]*)\/(\d+)$/.exec(location.hash) ?? [];
  let place;
  try { place = id === undefined ? undefined : placeOf.get(decodeURIComponent(id)); } catch { /* An address that somebody broke leads to the overview. */ }
  if (place === undefined) {
    open = null;
    [overview.hidden, detail.hidden] = [false, true];
    detail.replaceChildren();
    document.title = `${report.datasetName} – eval`;
    window.scrollTo(0, scrolled);
    return;
  }
  const isSameCase = open?.place === place;
  if (!overview.hidden) scrolled = window.scrollY;
  [overview.hidden, detail.hidden] = [true, false];
  showSample(place, Number(sample));
  document.title = `${report.cases[place].id} – ${report.datasetName}`;
  if (isSameCase) detail.querySelector('[aria-current]')?.focus({ preventScroll: true });
  else window.scrollTo(0, 0);
};

const keys = event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches('input, select, pre');
  if (event.key === 'Escape') {
    if (open) location.hash = '#/';
    else if (filters.search.value) { filters.search.value = ''; refresh(); }
  } else if (isTyping) {
    return;
  } else if (event.key === '/') {
    event.preventDefault();
    location.hash = '#/';
    setTimeout(() => filters.search.focus());
  } else if (open && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    const samples = report.cases[open.place].samples;
    const next = samples[samples.findIndex(cell => cell.sample === open.sample) + (event.key === 'ArrowRight' ? 1 : -1)];
    if (next) location.hash = addressOf(report.cases[open.place], next.sample);
  } else if (open && (event.key === 'j' || event.key === 'k')) {
    const next = neighbour(event.key === 'j' ? 1 : -1);
    if (next) location.hash = addressOf(next, next.samples[0]?.sample ?? 1);
  }
};

const matrix = new Matrix();
const refresh = () => { shown = filters.apply(report.cases); matrix.show(shown); };
const filters = new Filters(report, refresh);
header();
overview.append(tiles(report), components(report), facts(report), filters.element, matrix.element);
refresh();
addEventListener('hashchange', route);
addEventListener('keydown', keys);
route();
