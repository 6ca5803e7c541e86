/** The style sheet that only the later screens need: rows of details, moving icons, the link back. */
import { css } from 'lit';
import { statusStyles } from '../parts/status.styles.ts';

export const laterStyles = css`
  ${statusStyles}
  .secondary,
  .copy {
    min-block-size: var(--_control-height-secondary);
    background: none;
    color: var(--_color-accent);
  }
  .copy {
    inline-size: auto;
    min-inline-size: 64px;
    background: var(--_color-accent-soft);
    font-size: inherit;
  }
  @media (hover: hover) {
    .copy:hover {
      filter: brightness(1.08);
    }
    .secondary:hover {
      text-decoration: underline;
    }
  }
  pay-code-options:not([hidden]),
  pay-discount:not([hidden]),
  .consent {
    display: grid;
    gap: var(--_space-2);
  }
  /* While the question about the code is open, its buttons replace the submit button. */
  .panel:has(.consent) > .submit {
    display: none;
  }
  .countdown {
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
    text-align: center;
  }
  .paid .amount {
    text-align: center;
  }
  .sign.good {
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .details {
    margin: 0;
    border-block-start: 1px solid var(--_color-border);
  }
  .details > div,
  .copy-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-1) var(--_space-3);
  }
  .details > div {
    min-block-size: 28px;
    padding-block: var(--_space-2);
    border-block-end: 1px solid var(--_color-border);
  }
  .details > div:has(.copy-row) {
    padding-block: var(--_space-1);
  }
  .copy-row {
    flex-wrap: wrap;
    justify-content: end;
    column-gap: var(--_space-2);
  }
  .copy {
    padding-inline: var(--_space-2);
  }
  /* A name stays on one line while it fits; the value beside it wraps. */
  .details dt {
    flex: none;
    max-inline-size: 60%;
  }
  .details dd {
    margin: 0;
    color: var(--_color-text);
    font-weight: var(--_font-weight-strong);
    text-align: end;
  }
  .copy-value {
    user-select: all;
  }
  .sign .spinner {
    inline-size: 100%;
    block-size: 100%;
    border: 4px solid var(--_color-accent-soft);
    border-block-start-color: var(--_color-accent);
  }
  .tick {
    stroke-dasharray: 1;
    animation: draw 400ms ease-out 100ms backwards;
  }
  @keyframes draw {
    from {
      stroke-dashoffset: 1;
    }
  }
  .back {
    display: grid;
    justify-items: center;
    gap: var(--_space-1);
    text-wrap: balance;
  }
  .back a {
    padding-block: var(--_space-2);
  }
  .languages:not([hidden]) {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    margin-inline-start: auto;
    color: var(--_color-text-muted);
    font-size: 13px;
  }
  .languages .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .language {
    min-block-size: 44px;
    min-inline-size: 44px;
    max-inline-size: 11em;
    margin: 0;
    padding: 0 var(--_space-1);
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_color-surface);
    color: inherit;
    font: inherit;
    line-height: var(--_line);
    cursor: pointer;
  }
  .language:focus-visible {
    outline: 2px solid var(--_color-accent);
  }
  .host {
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
    text-align: center;
  }
`;
