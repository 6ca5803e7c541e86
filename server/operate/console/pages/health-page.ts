/**
 * Whether all is well: what the server says of itself, each with what is normal.
 * @element health-page
 */
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { OperatorStatus } from '#contract/operate';
import { duration, money } from '../format.ts';
import { Loaded, Repeat } from '../loaded.ts';
import { bones, ConsolePage, failureNotice, time } from '../parts/element.ts';
import { addressOf } from '../route.ts';
import { inWords, methods, queueKinds, statuses, type Tone } from '../words.ts';

interface Tile {
  name: string;
  value: string;
  normal: string;
  tone: Tone;
  /** Where it can be looked into. */
  address?: string;
}

@customElement('health-page')
export class HealthPage extends ConsolePage {
  readonly #status = new Loaded<OperatorStatus>(this, () => this.client.status());

  constructor() {
    super();
    new Repeat(this, 10_000, () => void this.#status.refresh());
  }

  protected override firstUpdated(): void {
    void this.#status.refresh();
  }

  protected override render() {
    const { data, failure } = this.#status;
    return html`<div class="page-head">
        <h1 tabindex="-1">Health</h1>
        ${data ? html`<p class="muted">Pay Desk ${data.version}, as of ${time(data.now)}</p>` : nothing}
      </div>
      ${failureNotice(failure, () => void this.#status.refresh())}
      ${data ? html`<ul class="tiles">${tilesOf(data).map(renderTile)}</ul>${paidTable(data)}${countsOf(data)}` : failure ? nothing : bones()}`;
  }
}

const renderTile = ({ name, value, normal, tone, address }: Tile) =>
  html`<li class="card tile" data-tone=${tone}>
    <h2>${name}</h2>
    <p class="tile-value">${address ? html`<a href=${address}>${value}</a>` : value}</p>
    <p class="muted small">Normal: ${normal}</p>
  </li>`;

const minutes = 60;
const hours = 3_600;

/** A tile that is shown only while it is so. */
const sinceTile = (name: string, since: string | null, now: string, normal: string): Tile[] =>
  since === null ? [] : [{ name, value: duration((Date.parse(now) - Date.parse(since)) / 1_000), normal, tone: 'bad' }];

function tilesOf({
  database,
  engine,
  heldSince,
  merchantsFileRefusedSince,
  oldest,
  pendingAnswers,
  clockSkewSeconds,
  now,
}: OperatorStatus): Tile[] {
  /** Grave once it is older than `limit` seconds. */
  const oldestTile = (name: string, seconds: number | null, limit: number, normal: string, address: string): Tile => ({
    name,
    value: seconds === null ? 'None' : duration(seconds),
    normal,
    tone: seconds === null ? 'good' : seconds > limit ? 'bad' : 'warn',
    address,
  });
  const ownSkew = Math.abs(Date.now() - Date.parse(now)) / 1_000;
  return [
    {
      name: `Database (${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`,
      value: database === 'ok' ? 'Answers' : 'Does not answer',
      normal: 'it answers',
      tone: database === 'ok' ? 'good' : 'bad',
    },
    ...sinceTile('Payments are held after a restore', heldSince, now, 'they go on; run pay-desk db verify'),
    ...sinceTile(
      'Merchants file is refused',
      merchantsFileRefusedSince,
      now,
      'it is in force; the log says what is wrong with it',
    ),
    oldestTile(
      'Oldest review',
      oldest.needsReview,
      24 * hours,
      'none, or decided within a day',
      addressOf('queue', null, { kind: 'needs_review' }),
    ),
    oldestTile(
      'Oldest unknown outcome',
      oldest.outcomeUnknown,
      15 * minutes,
      'found out within 15 minutes',
      addressOf('queue', null, { kind: 'outcome_unknown' }),
    ),
    oldestTile('Oldest undelivered webhook', oldest.webhook, 5 * minutes, 'delivered within a minute', addressOf('webhooks')),
    oldestTile('Oldest unmatched postback', oldest.postback, hours, 'none', addressOf('postbacks')),
    {
      name: 'Answers not stored yet',
      value: String(pendingAnswers),
      normal: '0; more while the database does not answer',
      tone: pendingAnswers === 0 ? 'good' : 'bad',
    },
    {
      name: 'Clock of the server',
      value: `${clockSkewSeconds.toFixed(1)} s off`,
      normal: 'less than 2 s off',
      tone: Math.abs(clockSkewSeconds) < 2 ? 'good' : 'bad',
    },
    {
      name: 'Clock of your computer',
      value: ownSkew < 30 ? 'Agrees' : `${duration(ownSkew)} off`,
      normal: 'it agrees; else the ages shown here are wrong',
      tone: ownSkew < 30 ? 'good' : 'warn',
    },
  ];
}

const paidTable = ({ paid }: OperatorStatus) =>
  html`<section class="card">
    <h2>Paid in the last 24 hours</h2>
    <p class="hint">By the payment services’ evidence, before refunds.</p>
    ${
      paid.length === 0
        ? html`<p class="muted">Nothing. On a working day that is not normal.</p>`
        : html`<table>
            <thead><tr><th scope="col">Method</th><th scope="col" class="end">Payments</th><th scope="col" class="end">Sum</th></tr></thead>
            <tbody>${paid.map(
              ({ method, currency, count, amount }) =>
                html`<tr><th scope="row">${method ? methods[method] : 'Without a method'}</th><td class="end">${count.toLocaleString('en')}</td><td class="end">${money(amount, currency)}</td></tr>`,
            )}</tbody>
          </table>`
    }
  </section>`;

const nameOf = (key: string): string =>
  ({ ...queueKinds, ...statuses })[key as keyof typeof statuses & keyof typeof queueKinds]?.words ?? inWords(key);

const countsOf = ({ counts }: OperatorStatus) =>
  Object.keys(counts).length === 0
    ? nothing
    : html`<section class="card">
        <h2>Counts</h2>
        <dl class="facts">${Object.entries(counts).map(([key, number]) => html`<div><dt>${nameOf(key)}</dt><dd>${number.toLocaleString('en')}</dd></div>`)}</dl>
      </section>`;
