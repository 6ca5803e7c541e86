/** The style sheet of `<pay-desk>`: type, spacing, head and foot. It has no background of its own; the page provides one. */
import { css } from 'lit';
import { controlStyles, skeletonStyles } from '../parts/control.styles.ts';
import { methodListStyles } from '../parts/method-list.styles.ts';
import { theme } from './theme.ts';

const frame = css`
  :host {
    display: block;
    min-inline-size: 0;
    text-indent: 0;
    writing-mode: horizontal-tb;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    --_line: var(--_line-height);
    /* Nothing that the page passes on, but how it hides or blocks on purpose, and its colour scheme. Hyphenation is reset too. */
    all: initial;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    /* An underline of an ancestor is not drawn through an inline box. */
    display: inline-flex;
    vertical-align: top;
    inline-size: 100%;
    flex-direction: column;
    gap: var(--_space-4);
    /* Entering and checking have the same height, so that the page around does not jump between them. */
    min-block-size: 430px;
    container-type: inline-size;
    /* A container has no width of its own: in a floated box, or one as wide as its content, it would have none at all. */
    contain-intrinsic-inline-size: min(280px, 80vw);
    color: var(--_color-text);
    font: 400 var(--_font-size) / var(--_line) var(--_font-family);
    font-variant-numeric: tabular-nums;
    user-select: text;
    text-size-adjust: 100%;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .root:is(:lang(my), :lang(bn), :lang(hi), :lang(ne)) {
    --_line: var(--_line-height-tall);
  }
  /* Nastaliq, as Urdu is read, where the system has it. Its words hang from high to low; numbers keep their usual shapes. */
  .root:lang(ur) {
    --_line: calc(var(--_line-height-tall) + 0.6);
    font-family: 'Noto Nastaliq Urdu', 'Urdu Typesetting', var(--_font-family);
  }
  .root:lang(ur) .who {
    text-align: right;
    line-height: 2.6;
  }
  .root .input, .amount {
    font-family: var(--_font-family);
  }
  p,
  .title {
    margin: 0;
  }
  .screen {
    /* As while it arrives: what is placed by it must not jump at the end. */
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-5);
    animation: arrive var(--_motion-duration) var(--_motion-easing);
  }
  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
  }
  .mark,
  .sign,
  .wallet-mark {
    flex: none;
    position: relative;
    display: grid;
    place-items: center;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .mark {
    inline-size: 44px;
    block-size: 44px;
    border-radius: var(--_radius-control);
  }
  :is(.mark, .wallet-mark) img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    border-radius: inherit;
    background: var(--_color-surface);
  }
  .who {
    /* Not start: a long name in letters of the other direction would stand at the other side. */
    text-align: left;
    flex: 1;
    display: grid;
    justify-items: start;
    min-inline-size: 0;
    line-height: calc(var(--_line) - 0.1);
  }
  .merchant {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .about {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark,
  .merchant,
  .label,
  legend {
    font-weight: var(--_font-weight-strong);
  }
  .label,
  .order,
  .note,
  .warning,
  .details {
    font-size: var(--_font-size-small);
  }
  .order,
  .note:not(.error),
  .details,
  .footer,
  .currency {
    color: var(--_color-text-muted);
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-1) var(--_space-3);
  }
  .amount {
    flex: 1;
    /* A number is never broken: where the room is narrow it gets smaller. */
    font-size: clamp(22px, 11cqi, var(--_font-size-amount));
    font-weight: var(--_font-weight-strong);
    line-height: 1.2;
  }
  .amount span:first-child {
    white-space: nowrap;
    overflow-wrap: normal;
  }
  .currency {
    font-size: 16px;
  }
  .warning,
  .test {
    border-radius: var(--_radius-control);
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
  }
  .test {
    flex: none;
    padding-inline: 10px;
    font-weight: var(--_font-weight-strong);
    line-height: 24px;
    text-transform: uppercase;
    letter-spacing: 0.04em;
  }
  .test:lang(my) {
    letter-spacing: 0;
    line-height: 28px;
  }
  .test,
  .footer {
    font-size: 13px;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-3);
    margin-block-start: auto;
  }
  /* The list of languages, which comes later, is so high. */
  .foot:has(p) { min-block-size: 44px; }
  .footer {
    flex: 1 1 12em;
  }
  .footer slot {
    display: flex;
    gap: var(--_space-2);
  }
  .icon {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    /* In the middle of the first line of the text beside it. */
    margin-block-start: calc((1lh - 18px) / 2);
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .method-form:not(:defined)::before {
    display: block;
    block-size: 160px;
    border-radius: var(--_radius-group);
    background: var(--_color-sunken);
    content: '';
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
`;

/** Less motion where the customer prefers that; visible edges where the system sets the colours. */
const preferences = css`
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
    .spinner {
      border-style: dotted !important;
    }
  }
  @media (forced-colors: active) {
    .root button,
    .warning,
    .test {
      border: 1px solid;
    }
    /* The system would fill the gap in the ring of the spinner. */
    .spinner {
      border-style: dotted !important;
    }
  }
`;

export const payDeskStyles = [theme, frame, controlStyles, methodListStyles, skeletonStyles, preferences];
