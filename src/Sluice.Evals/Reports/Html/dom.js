// Everything that was recorded becomes text nodes: nothing here reads a string as HTML.

const node = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') made.className = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return made;
};

const read = id => JSON.parse(document.getElementById(`data-${id}`).textContent);

/** Parts that open, built when they first do: what was recorded can be large. */
const fold = (title, build, isOpen = false) => {
  const made = node('details', {}, node('summary', {}, title));
  const fill = () => { if (made.open && made.childElementCount === 1) made.append(build()); };
  made.addEventListener('toggle', fill);
  made.open = isOpen;
  fill();
  return made;
};

const mostShown = 20000;
const cut = text => text.length <= mostShown ? text : `${text.slice(0, mostShown)}\n… ${(text.length - mostShown).toLocaleString('en')} more characters are in the artifact.`;
const block = text => node('pre', { tabindex: '0' }, cut(text));
const prose = text => node('pre', { tabindex: '0', class: 'prose' }, cut(text));

const sorted = value =>
  Array.isArray(value) ? value.map(sorted)
    : value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]))
      : value;
const pretty = value => JSON.stringify(sorted(value), null, 2);
const brief = value => {
  const text = JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
};

const nothing = '–';
const score = value => value === undefined || value === null ? nothing : value.toFixed(2);
const percent = value => `${+(value * 100).toFixed(1)} %`;
const count = value => value.toLocaleString('en');
const dollars = value => value === undefined || value === null ? 'not known' : `$${value.toFixed(value < 1 ? 4 : 2)}`;
const duration = value => value === undefined || value === null ? nothing : value < 1000 ? `${value} ms` : `${+(value / 1000).toFixed(1)} s`;
const words = name => name.replaceAll('_', ' ');
const short = hash => hash.slice(0, 12);

const statusText = { passed: 'passed', failed: 'failed', errored: 'not run', unjudged: 'no verdict' };
const badge = (status, text) => node('span', { class: `badge ${status}` }, text ?? statusText[status]);

const bar = (value, lower, upper) => {
  const made = node('div', { class: 'bar', 'aria-hidden': 'true' });
  const part = (name, from, to) => {
    const piece = node('i', { class: name });
    piece.style.left = `${from * 100}%`;
    piece.style.width = `${Math.max(0, to - from) * 100}%`;
    made.append(piece);
  };
  part('value', 0, value);
  if (lower !== undefined) part('interval', lower, upper);
  return made;
};

const table = (heads, rows, name) => node('div', { class: `scroll ${name ?? ''}` }, node('table', {},
  node('thead', {}, node('tr', {}, heads.map(head => node('th', { scope: 'col', class: head.number ? 'number' : null }, head.text ?? head)))),
  node('tbody', {}, rows.map(cells => node('tr', {}, cells.map((cell, index) => node('td', { class: heads[index].number ? 'number' : null }, cell)))))));
const number = text => ({ text, number: true });
