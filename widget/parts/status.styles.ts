/** The screens that are not a form: sign and title in the middle, facts in rows, actions at the end. */
import { css } from 'lit';

export const statusStyles = css`
  .status {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding-block-start: var(--_space-5);
    text-align: center;
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    margin-block-end: var(--_space-2);
    border-radius: 50%;
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
  }
  .sign:has(.spinner) {
    background: none;
  }
  .sign.good {
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .sign.bad {
    color: var(--_color-danger);
  }
  .sign .icon {
    inline-size: 30px;
    block-size: 30px;
  }
  .title {
    margin: 0;
    font-size: var(--_font-size-title);
    font-weight: var(--_font-weight-strong);
    line-height: calc(var(--_line) - 0.15);
    text-wrap: balance;
  }
  .title:focus {
    outline: none;
  }
  .text {
    max-inline-size: 34em;
    color: var(--_color-text-muted);
    text-wrap: pretty;
  }
  .warning {
    padding: var(--_space-2) var(--_space-4);
    border-radius: var(--_radius-control);
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
    font-size: var(--_font-size-small);
    text-align: center;
  }
  .details {
    margin: 0;
    border-block-start: 1px solid var(--_color-border);
  }
  .details > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-4);
    min-block-size: 44px;
    padding-block: var(--_space-1);
    border-block-end: 1px solid var(--_color-border);
    font-size: var(--_font-size-small);
  }
  .details dt {
    flex: none;
    color: var(--_color-text-muted);
  }
  .details dd {
    min-inline-size: 0;
    margin: 0;
    font-weight: var(--_font-weight-strong);
    font-variant-numeric: tabular-nums;
    text-align: end;
    overflow-wrap: anywhere;
  }
  .copy-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: var(--_space-1) var(--_space-3);
  }
  .aside {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  .copy-value {
    color: var(--_color-text);
    font-weight: var(--_font-weight-strong);
    user-select: all;
  }
  .countdown {
    display: block;
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .actions {
    display: grid;
    gap: var(--_space-2);
  }
  .actions:empty {
    display: none;
  }
  .spinner {
    inline-size: 18px;
    block-size: 18px;
    border: 2px solid currentcolor;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }
  .spinner.large {
    box-sizing: border-box;
    inline-size: 56px;
    block-size: 56px;
    border: 4px solid var(--_color-accent-soft);
    border-block-start-color: var(--_color-accent);
    animation-duration: 1.1s;
  }
  .good .tick {
    stroke-dasharray: 1;
    animation: draw 420ms ease-out 80ms backwards;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @keyframes draw {
    from {
      stroke-dashoffset: 1;
    }
    to {
      stroke-dashoffset: 0;
    }
  }
`;
