// Asks for state.json, and writes what it says as text: nothing of it ever becomes markup.
'use strict';

const POLL_MS = 400;
const byId = id => document.getElementById(id);
let shownFrame = -1;

function text(id, value) {
  const node = byId(id);
  if (node.textContent !== value) node.textContent = value;
}

function whole(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

function ms(value) {
  if (value === undefined) return '–';
  return (value >= 100 ? whole(value) : value.toFixed(1)) + ' ms';
}

function size(bytes) {
  return bytes < 1024 ? bytes + ' B' : (bytes / 1024).toFixed(1) + ' KiB';
}

function chip(id, kind, words) {
  byId(id).className = 'chip ' + kind;
  text(id, words);
}

function element(tag, words, kind) {
  const node = document.createElement(tag);
  if (words !== undefined) node.textContent = words;
  if (kind) node.className = kind;
  return node;
}

function bar(name, value, part) {
  const row = element('div', undefined, 'bar');
  row.append(element('span', name, 'name'), element('span', value, 'value'));
  const track = element('div', undefined, 'track');
  const fill = element('i');
  fill.style.width = (100 * Math.max(0, Math.min(1, part))).toFixed(2) + '%';
  track.append(fill);
  row.append(track);
  return row;
}

function link(state) {
  if (state.link === 'running') chip('link', 'ok', 'live');
  else if (state.link === 'lost') chip('link', 'bad', 'board lost, looking for it');
  else chip('link', 'none', 'connecting');
  byId('words').hidden = !state.words;
  text('words', state.words);
}

function frame(state) {
  if (state.frames === shownFrame || !state.image) return;
  shownFrame = state.frames;
  const picture = byId('picture');
  picture.src = 'frame.jpg?n=' + state.frames;
  picture.alt = 'detections on ' + state.image;
  picture.hidden = false;
  byId('none').hidden = true;
  text('image', state.image);
  const found = state.detections.map(d => {
    const item = element('li');
    const dot = element('i');
    dot.style.background = d.colour;
    item.append(dot, element('span', d.label), element('b', d.percent + ' %'));
    return item;
  });
  byId('found').replaceChildren(
      ...(found.length ? found : [element('li', 'No object above the score threshold.', 'quiet')]));
  byId('memory').replaceChildren(
      ...state.memory.map(m => bar(m.name, size(m.used) + ' of ' + size(m.size), m.used / m.size)));
  const most = Math.max(1, ...state.layers.map(l => l.ticks));
  byId('layers').replaceChildren(
      ...state.layers.map((l, i) => bar(i + ' ' + l.name, whole(l.ticks), l.ticks / most)));
}

function spark(values) {
  if (values.length < 2) return;
  const top = 1.15 * Math.max(...values) || 1;
  const points = values.map(
      (v, i) => (400 * i / (values.length - 1)).toFixed(1) + ',' + (90 - 88 * v / top).toFixed(1));
  byId('curve').setAttribute('points', points.join(' '));
  byId('area').setAttribute('points', '0,90 ' + points.join(' ') + ' 400,90');
  text('latency', ms(values[values.length - 1]));
  text('oldest', (values.length - 1) + ' frames ago');
}

function show(state) {
  document.title = state.board + ' – Fovea monitor';
  text('board', state.board);
  text('model', state.model + ', ' + state.rtos);
  const emulated = state.figures === 'emulated';
  chip('figures', emulated ? 'warn' : 'none', 'figures ' + state.figures);
  link(state);
  frame(state);
  text('count', whole(state.frames) + (state.frames === 1 ? ' frame' : ' frames'));
  byId('rows').style.width = (100 * state.rows / state.rows_of).toFixed(1) + '%';
  byId('steps').style.width =
      state.steps_of ? (100 * state.steps / state.steps_of).toFixed(1) + '%' : '0';
  text('rate', state.frames_per_second === undefined ? '–' : state.frames_per_second.toFixed(2));
  text('transfer', ms(state.transfer_ms));
  text('rest', ms(state.rest_ms));
  text('ticks-title', 'all layers, ' + state.unit);
  text('ticks', state.ticks ? whole(state.ticks) : '–');
  text('unit', state.figures + ' ' + state.unit + ' of the last frame');
  text('clock', emulated
      ? "Times are this PC's, which emulates the board: they say nothing of a board."
      : "Times by this PC's clock, images one after the other.");
  spark(state.latency_ms);
  text('repeats', whole(state.repeats));
  text('damaged', whole(state.damaged));
  text('lost', whole(state.lost));
  if (state.log.length) text('log', state.log.join('\n'));
}

async function poll() {
  try {
    show(await (await fetch('state.json', {cache: 'no-store'})).json());
  } catch (e) {
    chip('link', 'none', 'the monitor has ended');
  }
  setTimeout(poll, POLL_MS);
}

poll();
